//! Closed lists of nouns that article, number and possessive rules ask for: what one is, has, and goes to.

use crate::analysis::words;
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

/// Nouns in -er, -or, -ist, -ian, -ee that name no person.
const NO_PERSONS: &str = "computer paper letter number water weather summer winter river dinner supper answer matter \
    order corner flower tower power cover counter drawer hammer ladder layer leather liver offer order oyster \
    pepper poster printer quarter ruler shower silver slipper sticker sweater timer trailer transfer tiger whisper \
    wonder center theater semester poster folder container freezer cooker toaster laser factor color colour motor \
    error mirror tractor elevator escalator calculator monitor door floor humor humour flavor flavour doctorate list \
    twist mist fist coffee fee tree committee knee degree guarantee chapter character temper feather disaster \
    laughter border danger finger hunger manner master monster newsletter filter helicopter amber timber cancer fever \
    butter litter barrier other another either neither rather altogether maker career interior exterior behavior behaviour labor labour favor favour harbor harbour \
    newspaper wallpaper homemaker sector reactor vector odor rumor speaker scanner charger router burger hamburger \
    chamber december september october november soccer beer cheer deer layer shoulder spider lobster rooster hamster";
const OTHER_PERSONS: &str = "people person men women children kids boys girls audience crowd everyone everybody someone \
    somebody nobody lady gentleman guy king queen prince princess president mayor police hero heroine adult elder \
    teenager infant orphan chef cook judge coach host guest captain spy thief monk priest nun saint mom mum staff \
    parents grandparents folks class team family couple crew public fans companion relative kid pal mate youth \
    student pupil graduate candidate client patient victim witness passer-by citizen native secretary deputy leader \
    soldier assistant accountant acquaintance millionaire billionaire expert individual creature being participant \
    consultant professional intellectual specialist alumni graduate peer newcomer servant immigrant applicant participant resident agent tenant";

/// True for a noun, in either number, that names persons.
pub fn is_human(noun: &str) -> bool {
    let one = noun.strip_suffix('s').unwrap_or(noun);
    let among = |word: &str| {
        words::is_person(word)
            || is_job(word)
            || is_relative(word)
            || words::among(OTHER_PERSONS, word)
    };
    let agent = one.len() > 4
        && ["er", "or", "ist", "ian", "ee", "man", "woman"].iter().any(|end| one.ends_with(end))
        && !words::among(NO_PERSONS, one);
    among(noun) || among(one) || agent || noun.ends_with("men")
}

const ANIMALS: &str = "dog cat puppy kitten bird horse cow pig elephant monkey tiger lion mouse rabbit bear wolf fox goat \
    sheep duck chicken hen buffalo fish animal pet bee ant snake turtle";

/// True for an animal, which feels and owns, but is named by `it`.
pub fn is_animal(noun: &str) -> bool {
    let one = noun.strip_suffix('s').unwrap_or(noun);
    words::among(ANIMALS, noun) || words::among(ANIMALS, one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_are_found_in_their_lists() {
        assert!(is_human("visitors") && is_human("firemen") && !is_human("computer"));
        assert!(is_animal("dogs") && !is_animal("doctor"));
        assert!(is_job("doctor") && is_counted("doctor") && is_counted("dog"));
        assert!(
            is_relative("brother") && is_belonging("bike") && !is_counted("rice") && !is_job("")
        );
    }
}
