//! Compares the time and memory that each reader and another program need for the same file.
//!
//! Usage: `cargo xtask bench readers`. The benchmark first reads a normal file, then garbage of
//! three sizes: the reader's maximum, 10 MB and 50 MB. It shows the slowest shape of garbage, and
//! gives that shape to the other program too. Finally, it compares the slowest 1 MB file with a
//! valid file of that size, or of the maximum size that the reader accepts if that is smaller.
//!
//! One process reads garbage of every shape, so its peak memory is that of the most expensive shape.
//! Then the slowest shapes are read again, each in its own process. Above 1 MB, only the shapes
//! that were slowest at 1 MB are read. For our readers, only the reading is timed. For other
//! programs, the startup time is subtracted.

#![expect(clippy::print_stdout, reason = "this program prints a table")]

#[path = "readers/list.rs"]
mod list;
#[path = "readers/shapes.rs"]
mod shapes;

use std::{
    env,
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use acceptance::{Result, fuzz_targets::FuzzTarget, process_metrics};

use list::{READERS, Reader};
use shapes::InputShape;

/// The time limit for our readers, which applies to files of any size.
const AT_ONCE: Duration = Duration::from_secs(1);
/// The time limit for other programs, and for reading one file.
const LIMIT: Duration = Duration::from_secs(5);
/// The time limit for reading garbage of every shape.
const LIMIT_OF_ALL: Duration = Duration::from_secs(120);

/// The number of shapes to read at sizes above [`COMPARED`].
const LARGE_SHAPES: usize = 24;
/// The number of shapes to read again in separate processes.
const READ_AGAIN: usize = 3;

/// The size for comparing the slowest file with a valid file.
const COMPARED: usize = 1_000_000;
/// The maximum time and memory for the slowest file, as a multiple of those for a valid file.
const MOST_TIMES: f64 = 10.0;
/// Times below this limit vary too much to be compared.
const NOISE: Duration = Duration::from_millis(1);

/// A file to read in a separate process.
#[derive(Clone, Copy, Debug)]
enum ReadingCase {
    Normal,
    /// Garbage input: the index of its shape, and its size in bytes.
    Rubbish(usize, usize),
    /// A valid file of this size in bytes.
    Valid(usize),
}

impl ReadingCase {
    fn bytes(self, reader: &Reader) -> Result<Vec<u8>> {
        let normal = (reader.normal)();
        Ok(match self {
            Self::Normal => normal.into_bytes(),
            Self::Rubbish(shape, size) => {
                let found = found(reader)?;
                InputShape::all(&found)[shape].bytes(&normal, &found, size)
            }
            Self::Valid(size) => (reader.valid)(size).into_bytes(),
        })
    }

    fn name(self, reader: &Reader) -> Result<String> {
        Ok(match self {
            Self::Normal => "normal".to_owned(),
            Self::Rubbish(shape, _) => InputShape::all(&found(reader)?)[shape].name(),
            Self::Valid(_) => "valid".to_owned(),
        })
    }

    /// Returns the arguments for the process that reads this case.
    fn arguments(self, reader: usize) -> Vec<OsString> {
        let numbers = match self {
            Self::Normal => vec![reader],
            Self::Rubbish(shape, size) => vec![reader, shape, size],
            Self::Valid(size) => vec![reader, size],
        };
        let numbers = numbers.iter().map(|number| number.to_string().into());
        std::iter::once(READ.into()).chain(numbers).collect()
    }

    fn of_arguments(arguments: &[String]) -> Result<(usize, Self)> {
        let numbers: Vec<usize> =
            arguments.iter().map(|number| number.parse()).collect::<std::result::Result<_, _>>()?;
        match numbers[..] {
            [reader] => Ok((reader, Self::Normal)),
            [reader, shape, size] => Ok((reader, Self::Rubbish(shape, size))),
            [reader, size] => Ok((reader, Self::Valid(size))),
            _ => Err("a case is a reader, and for rubbish a shape and a size".into()),
        }
    }
}

/// The argument that makes this program read one case.
const READ: &str = "--read";
/// The argument that makes this program read garbage of one size in several shapes.
const READ_ALL: &str = "--read-all";

/// The result and cost of reading one case.
struct Measurement {
    took: Duration,
    peak: u64,
    /// Whether the reader accepted the file.
    is_read: bool,
    said: String,
}

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.split_first().map(|(first, rest)| (first.as_str(), rest)) {
        Some((READ, case)) => return read_one(case),
        Some((READ_ALL, numbers)) => return read_all(numbers),
        _ => {}
    }
    let this = env::current_exe()?;
    let folder = tempfile::tempdir()?;
    println!(
        "{:<12}{:>9} {:>9} {:>9}  {:<15}{:>9} {:>9} {:>8} {:>8}  slowest of what was read, and what we say",
        "reader", "size", "ours", "memory", "beside", "theirs", "memory", "time", "memory"
    );
    let mut slow = Vec::new();
    let mut compared = Vec::new();
    for (at, reader) in READERS.iter().enumerate() {
        let file = folder.path().join(reader.name);
        let normal = one(&this, at, ReadingCase::Normal)?;
        row(reader, ReadingCase::Normal, &normal, &file)?;
        let every: Vec<usize> = (0..InputShape::all(&found(reader)?).len()).collect();
        let at_compared = slowest(&this, at, COMPARED, &every)?;
        for size in [reader.most, 10_000_000, 50_000_000] {
            let shapes = match size > COMPARED {
                true => &at_compared.shapes[..LARGE_SHAPES],
                false => &every,
            };
            let Slowest { case, reading, .. } = slowest(&this, at, size, shapes)?;
            row(reader, case, &reading, &file)?;
            if reading.took > AT_ONCE {
                slow.push(format!(
                    "{} of {} takes over {AT_ONCE:?}",
                    reader.name,
                    case.name(reader)?
                ));
            }
        }
        compared.push((at, reader, every, at_compared));
    }
    println!(
        "time and memory: theirs by ours. Ours holds the file as well, theirs may read it piece by piece."
    );
    println!(
        "\n{:<12}{:>9} {:>9} {:>9} {:>9} {:>9} {:>8} {:>8}  the slowest of 1 MB, compared with a valid file",
        "reader", "size", "valid", "memory", "slowest", "memory", "time", "memory"
    );
    for (at, reader, every, at_compared) in compared {
        slow.extend(compare(&this, at, reader, &every, at_compared)?);
    }
    match slow.is_empty() {
        true => Ok(()),
        false => Err(slow.join("; ").into()),
    }
}

/// Compares the slowest file of 1 MB with a valid file. Returns a message if the slowest file takes
/// too much time or memory.
fn compare(
    this: &Path,
    at: usize,
    reader: &Reader,
    every: &[usize],
    mut worst: Slowest,
) -> Result<Option<String>> {
    let size = COMPARED.min(reader.most_valid);
    let valid =
        (0..3).map(|_| one(this, at, ReadingCase::Valid(size))).collect::<Result<Vec<_>>>()?;
    if let Some(refused) = valid.iter().find(|reading| !reading.is_read) {
        return Err(format!("{} refuses its valid file: {}", reader.name, refused.said).into());
    }
    let took = process_metrics::median(valid.iter().map(|reading| reading.took).collect());
    let valid_took = took.unwrap_or_default().max(NOISE);
    let valid_peak = valid.iter().map(|reading| reading.peak).max().unwrap_or_default();
    // A reader rejects files above its limit because of their size, so try both sizes.
    for size in [reader.most, size].into_iter().filter(|size| *size < COMPARED) {
        let other = slowest(this, at, size, every)?;
        let peak = worst.reading.peak.max(other.reading.peak);
        if other.reading.took > worst.reading.took {
            worst = other;
        }
        worst.reading.peak = peak;
    }
    let Slowest { case, reading: worst, .. } = worst;
    let times = worst.took.as_secs_f64() / valid_took.as_secs_f64();
    let memory = worst.peak as f64 / valid_peak.max(1) as f64;
    let name = case.name(reader)?;
    println!(
        "{:<12}{:>9} {:>9} {:>9} {:>9} {:>9} {times:>8.2} {memory:>8.2}  {name}: {}",
        reader.name,
        megabytes(size as u64),
        shown(valid_took),
        megabytes(valid_peak),
        shown(worst.took),
        megabytes(worst.peak),
        worst.said,
    );
    let is_fine = times <= MOST_TIMES && memory <= MOST_TIMES;
    Ok((!is_fine).then(|| {
        format!("{} of {name} takes {times:.1} times the time, {memory:.1} the memory", reader.name)
    }))
}

/// Returns the files that the fuzzer found and that are stored in the repository.
fn found(reader: &Reader) -> Result<Vec<Vec<u8>>> {
    FuzzTarget::named(reader.fuzzer).ok_or("unknown fuzz target")?.found()
}

/// Reads one case in this process and prints how long it took.
fn read_one(case: &[String]) -> Result<()> {
    let (reader, case) = ReadingCase::of_arguments(case)?;
    let reader = READERS.get(reader).ok_or("unknown reader")?;
    let (took, said) = timed(reader, case.bytes(reader)?);
    let is_read = said.is_ok();
    println!("{} {is_read} {}", took.as_nanos(), said.unwrap_or_else(|refusal| refusal));
    Ok(())
}

/// Reads garbage in this process and prints how long each shape took. The arguments are the reader,
/// the size, and the shapes.
fn read_all(numbers: &[String]) -> Result<()> {
    let numbers = numbers.iter().map(|number| number.parse());
    let numbers: Vec<usize> = numbers.collect::<std::result::Result<_, _>>()?;
    let [reader, size, shapes @ ..] = &numbers[..] else { return Err("no reader or size".into()) };
    let reader = READERS.get(*reader).ok_or("unknown reader")?;
    let (normal, found) = ((reader.normal)(), found(reader)?);
    let all = InputShape::all(&found);
    for shape in shapes {
        let (took, _) = timed(reader, all[*shape].bytes(&normal, &found, *size));
        println!("{shape} {}", took.as_nanos());
    }
    Ok(())
}

fn timed(reader: &Reader, mut bytes: Vec<u8>) -> (Duration, std::result::Result<String, String>) {
    if reader.text {
        bytes = String::from_utf8_lossy(&bytes).into_owned().into_bytes();
    }
    let started = Instant::now();
    let said = (reader.read)(&bytes);
    (started.elapsed(), said)
}

fn one(this: &Path, reader: usize, case: ReadingCase) -> Result<Measurement> {
    let arguments = case.arguments(reader);
    let arguments: Vec<&OsStr> = arguments.iter().map(OsString::as_os_str).collect();
    let name = || format!("{}: {:?}", READERS[reader].name, case);
    let Some(run) = process_metrics::run(this, &arguments, LIMIT)? else {
        let said = "nothing in time".to_owned();
        return Ok(Measurement { took: LIMIT, peak: 0, is_read: false, said });
    };
    let mut words = run.output.trim().splitn(3, ' ');
    let (Some(nanoseconds), Some(is_read), Some(said)) = (words.next(), words.next(), words.next())
    else {
        return Err(format!("{} ended without an answer", name()).into());
    };
    Ok(Measurement {
        took: Duration::from_nanos(nanoseconds.parse()?),
        peak: run.peak,
        is_read: is_read.parse()?,
        said: said.to_owned(),
    })
}

/// The slowest shape of one size.
struct Slowest {
    case: ReadingCase,
    /// The peak memory is that of all shapes.
    reading: Measurement,
    /// All shapes, slowest first.
    shapes: Vec<usize>,
}

/// Finds the slowest of these shapes. Reads the slowest shapes again, because the machine may have
/// been busy.
fn slowest(this: &Path, at: usize, size: usize, shapes: &[usize]) -> Result<Slowest> {
    let numbers = [&at, &size].into_iter().chain(shapes);
    let numbers = numbers.map(|number| number.to_string().into());
    let arguments: Vec<OsString> = std::iter::once(READ_ALL.into()).chain(numbers).collect();
    let arguments: Vec<&OsStr> = arguments.iter().map(OsString::as_os_str).collect();
    let reader = &READERS[at];
    let run = process_metrics::run(this, &arguments, LIMIT_OF_ALL)?
        .ok_or_else(|| format!("{} hangs on garbage of {size} bytes", reader.name))?;
    let mut times = Vec::new();
    for line in run.output.lines() {
        let (shape, nanoseconds) = line.split_once(' ').ok_or("a line without a time")?;
        times.push((Duration::from_nanos(nanoseconds.parse()?), shape.parse()?));
    }
    if times.len() < shapes.len() {
        return Err(format!("{} fails on garbage of {size} bytes", reader.name).into());
    }
    times.sort_by_key(|(took, _)| std::cmp::Reverse(*took));
    let mut again = Vec::new();
    for (took, shape) in times.iter().take(READ_AGAIN) {
        let case = ReadingCase::Rubbish(*shape, size);
        let mut reading = one(this, at, case)?;
        if *took > NOISE {
            let all = vec![*took, reading.took, one(this, at, case)?.took];
            reading.took = process_metrics::median(all).unwrap_or_default();
        }
        reading.peak = reading.peak.max(run.peak);
        again.push((case, reading));
    }
    let slowest = again.into_iter().max_by_key(|(_, reading)| reading.took);
    let (case, reading) = slowest.ok_or("no shape")?;
    Ok(Slowest { case, reading, shapes: times.into_iter().map(|(_, shape)| shape).collect() })
}

fn row(reader: &Reader, case: ReadingCase, ours: &Measurement, file: &PathBuf) -> Result<()> {
    let bytes = case.bytes(reader)?;
    fs::write(file, &bytes)?;
    let other = &reader.other;
    let start: Vec<&OsStr> = other.start.iter().map(OsStr::new).collect();
    let mut starts = Vec::new();
    for _ in 0..5 {
        let run = process_metrics::run(other.program, &start, LIMIT)?;
        starts.extend(run.map(|run| run.took));
    }
    let start = process_metrics::median(starts).unwrap_or_default();
    let mut arguments: Vec<&OsStr> = other.arguments.iter().map(OsStr::new).collect();
    arguments.push(file.as_os_str());
    let theirs = process_metrics::run(other.program, &arguments, LIMIT)?;
    let (time, memory, times, memories) = match theirs {
        Some(run) => {
            let took = run.took.saturating_sub(start);
            (
                shown(took),
                megabytes(run.peak),
                ratio(took.as_secs_f64(), ours.took.as_secs_f64()),
                ratio(run.peak as f64, ours.peak as f64),
            )
        }
        None => (format!("> {LIMIT:?}"), "-".to_owned(), "-".to_owned(), "-".to_owned()),
    };
    println!(
        "{:<12}{:>9} {:>9} {:>9}  {:<15}{time:>9} {memory:>9} {times:>8} {memories:>8}  {}: {}",
        reader.name,
        megabytes(bytes.len() as u64),
        shown(ours.took),
        megabytes(ours.peak),
        other.name,
        case.name(reader)?,
        ours.said,
    );
    Ok(())
}

fn shown(took: Duration) -> String {
    format!("{:.2} ms", 1000.0 * took.as_secs_f64())
}

fn megabytes(bytes: u64) -> String {
    match bytes as f64 / 1_000_000.0 {
        few if few < 0.1 => format!("{:.1} kB", 1000.0 * few),
        many => format!("{many:.1} MB"),
    }
}

/// Formats the ratio of `theirs` to `ours`.
fn ratio(theirs: f64, ours: f64) -> String {
    /// The maximum ratio to show. A larger ratio means that one program rejected the file because
    /// of its size.
    const MOST: f64 = 1000.0;
    match theirs / ours.max(1e-9) {
        many if many > MOST => format!("> {MOST}"),
        times => format!("{times:.2}"),
    }
}
