//! Declaring in the OpenAPI document which problems a route may answer.

use crate::{
    error::status_of,
    problem::{MEDIA_TYPE, Problem},
};
use lexilingo_shared::error_code::ErrorCode;
use std::collections::BTreeMap;
use utoipa::{
    ToSchema,
    openapi::{
        Content, Header, ObjectBuilder, Ref, RefOr, Response, ResponseBuilder, schema::Type,
    },
};

/// Problems that any route may answer.
const EVERYWHERE: &[ErrorCode] = &[
    ErrorCode::Internal,
    ErrorCode::Overloaded,
    ErrorCode::RequestTimeout,
    ErrorCode::StoreUnavailable,
];

/// The responses of a route's problems: one for each status, naming its codes.
pub fn responses(codes: &[ErrorCode]) -> BTreeMap<String, RefOr<Response>> {
    of_codes(&[codes, EVERYWHERE].concat())
}

/// The same for these codes alone.
pub fn of_codes(codes: &[ErrorCode]) -> BTreeMap<String, RefOr<Response>> {
    let mut by_status: BTreeMap<u16, Vec<ErrorCode>> = BTreeMap::new();
    for code in codes {
        by_status.entry(status_of(*code).as_u16()).or_default().push(*code);
    }
    let one = |(status, codes): (u16, Vec<ErrorCode>)| {
        let lines: Vec<String> =
            codes.iter().map(|code| format!("`{code}`: {}", code.title())).collect();
        let schema = Ref::from_schema_name(Problem::name());
        let mut response = ResponseBuilder::new()
            .description(lines.join("\n\n"))
            .content(MEDIA_TYPE, Content::new(Some(schema)));
        if matches!(status, 429 | 503) {
            response = response.header("Retry-After", retry_after());
        }
        if status == 429 {
            response = response
                .header("RateLimit", text("What is left: `\"interactive\";r=0;t=30`."))
                .header("RateLimit-Policy", text("The budgets: `\"interactive\";q=60;w=60`."));
        }
        (status.to_string(), RefOr::T(response.build()))
    };
    by_status.into_iter().map(one).collect()
}

fn retry_after() -> Header {
    let mut header = Header::new(ObjectBuilder::new().schema_type(Type::Integer).build());
    header.description = Some("Seconds to wait before the next try.".to_owned());
    header
}

fn text(description: &str) -> Header {
    let mut header = Header::new(ObjectBuilder::new().schema_type(Type::String).build());
    header.description = Some(description.to_owned());
    header
}

/// Declares a type that stands for a route's problems in its `#[utoipa::path(responses(…))]`.
macro_rules! problem_set {
    ($name:ident: $($code:ident),* $(,)?) => {
        pub struct $name;

        impl utoipa::IntoResponses for $name {
            fn responses() -> std::collections::BTreeMap<
                String,
                utoipa::openapi::RefOr<utoipa::openapi::Response>,
            > {
                $crate::problem_set::responses(
                    &[$(lexilingo_shared::error_code::ErrorCode::$code),*],
                )
            }
        }
    };
}
pub(crate) use problem_set;
