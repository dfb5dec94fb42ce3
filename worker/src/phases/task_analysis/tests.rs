use super::*;
use lexilingo_shared::{config::Config, level::Level};

fn request(text: &str) -> AnalyzeRequest {
    let mut request = AnalyzeRequest::new(text, "s");
    request.learner_profile.level = Some(Level::A2);
    request
}

fn settings(pairs: &[(&str, &str)]) -> Orchestrator {
    Config::read(&|name| {
        pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
    })
    .unwrap()
    .orchestrator
}

fn plan(request: &AnalyzeRequest) -> Plan {
    analyze(request, &[], &"rules".parse().unwrap(), &settings(&[]))
}

const ENGLISH: [Task; 3] = [Task::Grammar, Task::Fluency, Task::Vocabulary];

#[test]
fn one_word_is_simple() {
    let plan = plan(&request("Hello"));
    assert_eq!((plan.complexity, plan.intent), (Complexity::Simple, Intent::GeneralChat));
}

#[test]
fn a_sentence_of_the_guide_is_analysed_for_grammar_fluency_and_vocabulary() {
    let plan = plan(&request("I goes to school yesterday"));
    assert_eq!(plan.tasks, ENGLISH);
    assert_eq!((plan.complexity, plan.intent), (Complexity::Medium, Intent::FixGrammar));
    assert_eq!(plan.engines.len(), 1);
}

#[test]
fn vietnamese_alone_is_not_judged_as_english() {
    let plan = plan(&request("Hôm qua tôi đi học muộn"));
    assert_eq!(plan.tasks, [Task::Dialogue]);
    assert_eq!(
        plan.conditional_tasks,
        [ConditionalTask::VietnameseExplanation { conditions: vec![Condition::VietnameseInput] }]
    );
}

#[test]
fn mixed_text_is_analysed_and_explained_in_vietnamese() {
    let plan = plan(&request("I want to buy một cái bánh"));
    assert_eq!(plan.tasks, ENGLISH);
    assert!(!plan.conditional_tasks.is_empty());
}

#[test]
fn a_turn_of_a_dialogue_is_answered_as_one() {
    let past = PastTurn { strategy: "praise".to_owned(), ..PastTurn::default() };
    let many = vec![past; 9];
    let models = "rules".parse().unwrap();
    let plan = analyze(&request("I like it."), &many, &models, &settings(&[]));
    assert!(plan.tasks.contains(&Task::Dialogue));
    assert_eq!(plan.context.len(), CONTEXT_TURNS);
}

#[test]
fn a_question_about_a_rule_is_known() {
    assert_eq!(plan(&request("How do I use since?")).intent, Intent::ExplainRule);
    assert_eq!(plan(&request("How do you say con mèo?")).intent, Intent::Translate);
    assert_eq!(plan(&request("Let's practice the past tense")).intent, Intent::Practice);
}

#[test]
fn an_essay_is_complex() {
    let essay = "My family lives in a small town near the sea. ".repeat(20);
    assert_eq!(plan(&request(&essay)).complexity, Complexity::Complex);
}

#[test]
fn a_listed_pattern_makes_a_short_text_complex() {
    assert_eq!(plan(&request("I should have gone home")).complexity, Complexity::Complex);
}

#[test]
fn a_list_and_a_quotation_are_analysed_like_other_english() {
    assert_eq!(plan(&request("1. milk\n2. some bread\n3. two apples")).tasks, ENGLISH);
    assert_eq!(plan(&request("“To be or not to be.”")).tasks, ENGLISH);
}

#[test]
fn emoji_alone_are_not_judged() {
    assert_eq!(plan(&request("👍👍")).tasks, [Task::Dialogue]);
}

#[test]
fn an_address_or_code_does_not_count_as_words() {
    assert_eq!(
        plan(&request("see https://example.org/a/b/c main()")).complexity,
        Complexity::Simple
    );
}

#[test]
fn voice_asks_for_pronunciation_unless_it_is_switched_off() {
    let mut voice = request("I like rice");
    voice.input_type = InputType::Voice;
    let spoken = plan(&voice);
    assert!(spoken.tasks.contains(&Task::Pronunciation));
    assert_eq!(spoken.priority, Priority::High);
    let off = settings(&[("ENABLE_PRONUNCIATION", "false")]);
    let silent = analyze(&voice, &[], &"rules".parse().unwrap(), &off);
    assert!(!silent.tasks.contains(&Task::Pronunciation));
}

#[test]
fn vietnamese_comes_only_when_it_is_enabled_and_called_for() {
    let mut native = request("She go home");
    native.learner_profile.native_language = Some("vi".to_owned());
    assert!(!plan(&native).conditional_tasks.is_empty());
    let models = "rules".parse().unwrap();
    let off = settings(&[("ENABLE_VIETNAMESE", "false")]);
    assert!(analyze(&native, &[], &models, &off).conditional_tasks.is_empty());
    native.explain_language = Some(ExplainLanguage::En);
    assert!(plan(&native).conditional_tasks.is_empty());
}

#[test]
fn the_seeds_timeouts_and_switches_show_in_the_plan() {
    let custom = settings(&[
        ("QWEN_TIMEOUT_MS", "111"),
        ("HUBERT_TIMEOUT_MS", "222"),
        ("LLAMA_TIMEOUT_MS", "333"),
        ("ENABLE_KNOWLEDGE_GRAPH", "true"),
    ]);
    let models = "rules,qwen,hubert,llama3-vi".parse().unwrap();
    let mut voice = request("I like rice");
    voice.input_type = InputType::Voice;
    voice.explain_language = Some(ExplainLanguage::Vi);
    let plan = analyze(&voice, &[], &models, &custom);
    let timeout = |model| plan.engines.iter().find(|s| s.engine == model).unwrap().timeout_ms;
    assert_eq!((timeout(ModelName::Qwen), timeout(ModelName::Hubert)), (111, 222));
    assert_eq!(plan.vietnamese_engine.unwrap().timeout_ms, 333);
    assert!(plan.knowledge_graph);
}
