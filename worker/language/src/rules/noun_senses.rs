//! Closed lists of nouns that article, number and possessive rules ask for: what one is, has, and goes to.

use std::{collections::HashSet, sync::LazyLock};

/// What a person can be; one of them takes `a`.
const JOBS: &str = "doctor teacher nurse engineer student pupil worker farmer driver singer actor actress artist writer \
    dentist lawyer scientist pilot waiter waitress cook chef cashier accountant architect mechanic plumber electrician \
    carpenter policeman policewoman soldier journalist reporter photographer musician dancer designer programmer \
    developer secretary receptionist salesman saleswoman shopkeeper businessman businesswoman fisherman fireman \
    firefighter librarian translator interpreter tutor lecturer professor researcher vet veterinarian pharmacist \
    hairdresser tailor baker butcher gardener cleaner housewife builder guard volunteer tourist guide footballer \
    swimmer runner painter poet novelist model inventor astronaut detective surgeon psychologist freelancer trainer \
    beginner learner freshman sophomore genius hero liar orphan vegetarian citizen foreigner immigrant";

/// Things, animals and persons that are always counted, so that one of them needs a determiner.
const THINGS: &str = "dog cat bird car bike bicycle motorbike motorcycle phone smartphone laptop computer pen pencil \
    book notebook bag backpack house apartment room table chair bed desk lamp camera watch ticket letter \
    email picture photo movie film story song dream hobby problem question idea plan mistake job party \
    meeting friend boyfriend girlfriend brother sister son daughter baby child boy girl man woman family \
    village town city country hotel restaurant shop store supermarket market garden tree flower river lake beach \
    mountain island park bridge building hat shirt dress jacket coat skirt sweater umbrella knife spoon fork \
    cup bottle box key door window wall map newspaper magazine dictionary guitar piano violin bus taxi truck boat ship \
    plane cake sandwich hamburger banana apple egg pet horse cow pig rabbit elephant \
    monkey tiger present gift teacher student doctor nurse lesson course project \
    headache toothache stomachache fever accident website blog holiday picnic trip tour suitcase \
    refrigerator fridge fan television machine robot bicycle wallet purse ring necklace doll ball kite \
    person place way reason chance example opportunity habit choice decision difference mother father husband wife \
    scholarship company factory hospital library museum temple pagoda kitchen bedroom bathroom balcony pool \
    singer player driver engineer worker farmer actor writer artist story festival";

/// Relatives and friends, singular.
const RELATIVES: &str = "mother father mom mum dad brother sister son daughter grandmother grandfather grandma grandpa \
    uncle aunt cousin nephew niece husband wife friend classmate roommate neighbor neighbour teacher boss boyfriend \
    girlfriend colleague";

/// What a person has: after a relative the possessive is meant.
const BELONGINGS: &str = "house name car bike bicycle motorbike room job birthday family book phone dream bag computer \
    laptop hair eyes face voice wife husband mother father brother sister son daughter parents children friend \
    friends hobby favourite favorite life age office shop restaurant dog cat wedding school class address hand \
    hands garden salary health money clothes shirt dress hat shoes email opinion advice help company apartment \
    party work";

static SETS: LazyLock<[HashSet<&'static str>; 4]> = LazyLock::new(|| {
    [JOBS, THINGS, RELATIVES, BELONGINGS].map(|list| list.split_ascii_whitespace().collect())
});

pub fn is_job(noun: &str) -> bool {
    SETS[0].contains(noun)
}

/// Always counted: persons, animals and things.
pub fn is_counted(noun: &str) -> bool {
    SETS[1].contains(noun) || is_job(noun)
}

pub fn is_relative(noun: &str) -> bool {
    SETS[2].contains(noun)
}

pub fn is_belonging(noun: &str) -> bool {
    SETS[3].contains(noun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_are_found_in_their_lists() {
        assert!(is_job("doctor") && is_counted("doctor") && is_counted("dog"));
        assert!(
            is_relative("brother") && is_belonging("bike") && !is_counted("rice") && !is_job("")
        );
    }
}
