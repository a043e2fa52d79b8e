//! Responses that third-party software made, checked by python3-saml, by node-saml and by us.
//!
//! If both other implementations accept a correct response, we accept it. If either refuses a
//! response, we refuse it. We also find mistakes that both miss. The test prints a table of the
//! results.

use std::{
    collections::{BTreeMap, HashMap},
    env,
    ffi::OsString,
    fmt::Write as _,
    fs,
    path::Path,
    process::Command,
};

use acceptance::{Result, harness::Harness, steps};
use jiff::Timestamp;
use nops_sso_practice::Switches;
use saml::response::Response;
use serde::Deserialize;
use serde_json::json;
use setup::{
    derive::derive,
    dry_run::{ExpectedValues, RowVerdict, dry_run},
    values::ValuesDocument,
};

/// Correct responses that another implementation refuses, with the reason.
const EXCEPTIONS: [(&str, &str); 1] = [("signxml, SHA-384", "node-saml does not know RSA-SHA384")];

/// The output of `make.py`.
#[derive(Deserialize)]
struct Document {
    /// The time when the responses were made.
    now: Timestamp,
    values: serde_json::Map<String, serde_json::Value>,
    cases: Vec<ResponseCase>,
}

#[derive(Deserialize)]
struct ResponseCase {
    name: String,
    pasted: String,
    values: serde_json::Map<String, serde_json::Value>,
    /// Whether the response is correct, which means that nOps should accept it.
    right: bool,
    verdict: OurResult,
    /// The expected finding, or the expected error code if the response can't be read.
    finding: Option<String>,
    problem: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum OurResult {
    Pass,
    Fail,
    Unchecked,
    Unread,
}

/// The result from another implementation.
#[derive(Deserialize)]
struct PeerResult {
    accepted: bool,
    who: String,
    said: String,
}

#[test]
fn every_response_gets_the_expected_result() -> Result<()> {
    let folder = tempfile::tempdir()?;
    python("make.py", folder.path())?;
    python("judge_python3_saml.py", folder.path())?;
    node("judge_node_saml.mjs", folder.path())?;
    let document: Document = read(folder.path(), "cases.json")?;
    let python3_saml: HashMap<String, PeerResult> = read(folder.path(), "python3-saml.json")?;
    let node_saml: HashMap<String, PeerResult> = read(folder.path(), "node-saml.json")?;

    let mut failed = 0;
    let mut caught = [0, 0];
    for case in &document.cases {
        let theirs = [&python3_saml, &node_saml].map(|all| all.get(&case.name));
        let [Some(python3_saml), Some(node_saml)] = theirs else {
            return Err(format!("{} was not judged by all", case.name).into());
        };
        let ours = judge(case, &document.values, document.now)?;
        let objections = ours.differences(case, [python3_saml, node_saml]);
        for (count, theirs) in caught.iter_mut().zip([python3_saml, node_saml]) {
            *count += usize::from(!case.right && theirs.accepted);
        }
        failed += usize::from(!objections.is_empty());
        print(&format!(
            "{:4} {:58.58} | {:9} {:28.28} | {:44.44} | {:44.44}",
            if objections.is_empty() { "ok" } else { "FAIL" },
            case.name,
            format!("{:?}", ours.verdict).to_lowercase(),
            ours.codes(),
            python3_saml.told(),
            node_saml.told(),
        ));
        for objection in &objections {
            print(&format!("     {objection}"));
        }
    }
    let wrong = document.cases.iter().filter(|case| !case.right).count();
    print(&format!(
        "of {wrong} responses that ought to be refused python3-saml let {} through, node-saml {}",
        caught[0], caught[1]
    ));
    let passed = document.cases.len() - failed;
    print(&format!("responses: {passed} passed, {failed} failed"));
    assert_eq!(failed, 0, "see the table");
    Ok(())
}

/// Practice mode signs like AWS: both other implementations accept its responses, whether the
/// response or the assertion is signed.
#[tokio::test(flavor = "multi_thread")]
async fn peers_accept_practice_signatures() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut cases = Vec::new();
    for sign_assertion_only in [false, true] {
        let rig = Harness::start(Switches { sign_assertion_only, ..Switches::default() }).await?;
        let draft = steps::prepare_dry_run(&rig).await?;
        let person = rig.person()?;
        person.sign_in(steps::TESTER)?;
        let nops = person.addresses()?.ok_or("nOps shows no addresses")?;
        cases.push(json!({
            "name": format!("practice, the assertion alone: {sign_assertion_only}"),
            "xml": person.copy_xml(&draft.id)?,
            "values": {
                "sp_acs_url": nops.acs,
                "sp_entity_id": nops.entity_id,
                "nops_issuer_url": draft.issuer,
                "nops_sso_endpoint": draft.issuer,
                "nops_x509": person.certificate(&draft.id)?,
            },
        }));
    }
    let document = json!({ "values": {}, "cases": cases });
    fs::write(folder.path().join("cases.json"), document.to_string())?;
    python("judge_python3_saml.py", folder.path())?;
    node("judge_node_saml.mjs", folder.path())?;
    for judge in ["python3-saml", "node-saml"] {
        let verdicts: HashMap<String, PeerResult> = read(folder.path(), &format!("{judge}.json"))?;
        assert_eq!(verdicts.len(), cases.len());
        for (name, theirs) in verdicts {
            print(&format!("{name} | {judge}: {}", theirs.told()));
            assert!(
                theirs.accepted && theirs.who == steps::TESTER,
                "{name}: {judge} {}",
                theirs.told()
            );
        }
    }
    Ok(())
}

struct ComparedResult {
    verdict: OurResult,
    /// Codes of findings, each with its variant.
    findings: BTreeMap<String, Option<String>>,
}

fn judge(
    case: &ResponseCase,
    usual: &serde_json::Map<String, serde_json::Value>,
    now: Timestamp,
) -> Result<ComparedResult> {
    let mut values = usual.clone();
    values.extend(case.values.clone());
    let values: ValuesDocument = serde_json::from_value(values.into())?;
    let (facts, _) = values.to_facts(now);
    let response = match Response::read(case.pasted.as_bytes()) {
        Ok(response) => response,
        Err(refusal) => {
            return Ok(ComparedResult {
                verdict: OurResult::Unread,
                findings: BTreeMap::from([(refusal.code().to_owned(), None)]),
            });
        }
    };
    let dry_run = dry_run(&response, &ExpectedValues::from_facts(&derive(&facts, now), None), now);
    Ok(ComparedResult {
        verdict: match dry_run.verdict {
            RowVerdict::Pass | RowVerdict::Warn => OurResult::Pass,
            RowVerdict::Unchecked => OurResult::Unchecked,
            RowVerdict::Fail => OurResult::Fail,
        },
        findings: dry_run
            .findings
            .into_iter()
            .map(|finding| {
                let variant = ["problem", "reason"].map(|name| finding.params.get(name).cloned());
                (finding.code, variant.into_iter().flatten().next())
            })
            .collect(),
    })
}

impl ComparedResult {
    /// Returns how the result differs from the expected result.
    fn differences(&self, case: &ResponseCase, theirs: [&PeerResult; 2]) -> Vec<String> {
        let mut objections = Vec::new();
        if self.verdict != case.verdict {
            objections.push(format!("expected {:?}, got {:?}", case.verdict, self.verdict));
        }
        match (&case.finding, case.right) {
            (Some(code), _) => match self.findings.get(code) {
                None => objections.push(format!("expected the finding {code}")),
                Some(variant) if case.problem.is_some() && *variant != case.problem => {
                    objections
                        .push(format!("expected {:?} of {code}, got {variant:?}", case.problem));
                }
                Some(_) => {}
            },
            (None, true) if !self.findings.is_empty() => {
                objections.push("a false alarm".to_owned());
            }
            (None, _) => {}
        }
        let passed = self.verdict == OurResult::Pass;
        if passed && !case.right {
            objections.push("a wrong pass".to_owned());
        }
        let refused = theirs.iter().any(|judge| !judge.accepted);
        let excepted = EXCEPTIONS.iter().any(|(name, _)| *name == case.name);
        if passed && refused && !excepted {
            objections.push("another judge refuses it".to_owned());
        }
        if excepted && !refused {
            objections.push("the exception is one no longer".to_owned());
        }
        objections
    }

    fn codes(&self) -> String {
        let mut codes = String::new();
        for (code, variant) in &self.findings {
            let code = code.trim_start_matches("dry_run_");
            // Writing to a `String` can't fail.
            let _written = match variant {
                Some(variant) => write!(codes, "{code}/{variant} "),
                None => write!(codes, "{code} "),
            };
        }
        codes
    }
}

impl PeerResult {
    fn told(&self) -> String {
        match self.accepted {
            true => format!("accepted {}", self.who),
            false => format!("refused: {}", self.said.replace('\n', " ")),
        }
    }
}

fn read<T: for<'de> Deserialize<'de>>(folder: &Path, name: &str) -> Result<T> {
    Ok(serde_json::from_slice(&fs::read(folder.join(name))?)?)
}

fn python(script: &str, folder: &Path) -> Result<()> {
    let mut python = Command::new(required("PEERS_PYTHON")?);
    run(python.args(["-B", "-W", "ignore"]), script, folder)
}

fn node(script: &str, folder: &Path) -> Result<()> {
    let packages = required("PEERS_NODE")?;
    run(Command::new("node").env("PEERS_NODE", packages), script, folder)
}

fn required(variable: &str) -> Result<OsString> {
    Ok(env::var_os(variable).ok_or("run the peers with: cargo xtask test peers")?)
}

fn run(program: &mut Command, script: &str, folder: &Path) -> Result<()> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../peers/responses").join(script);
    let ended = program.arg(&script).arg(folder).status()?;
    match ended.success() {
        true => Ok(()),
        false => Err(format!("{} ended with {ended}", script.display()).into()),
    }
}

#[expect(clippy::print_stdout, reason = "this test prints a table")]
fn print(line: &str) {
    println!("{line}");
}
