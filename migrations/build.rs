//! Embeds every `NNNN_name.json` beside this file: adding a migration is adding a file.

use std::{env, fmt::Write, fs, path::Path};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let here = env::var("CARGO_MANIFEST_DIR")?;
    println!("cargo::rerun-if-changed={here}");
    let mut names: Vec<String> = fs::read_dir(&here)?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| is_migration(name))
        .collect();
    names.sort();

    let mut list = String::from("pub static FILES: &[(&str, &str)] = &[\n");
    for name in names {
        let path = Path::new(&here).join(&name);
        let stem = name.trim_end_matches(".json");
        writeln!(list, "    ({stem:?}, include_str!({path:?})),")?;
    }
    list.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("files.rs"), list)?;
    Ok(())
}

fn is_migration(name: &str) -> bool {
    let numbered = name.len() > 4 && name.bytes().take(4).all(|byte| byte.is_ascii_digit());
    numbered && name.ends_with(".json")
}
