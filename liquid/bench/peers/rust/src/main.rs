// The Rust crate as a peer: reads themes, prints outputs or times. See peer.md for the protocol.
use std::{env, fs, path::Path, time::Instant};

type Partials = liquid::partials::EagerCompiler<liquid::partials::InMemorySource>;

fn cpu_ns() -> u128 {
    // Single-threaded and busy throughout: its own CPU time from /proc is too coarse, so user time
    // is taken by getrusage through libc's symbol, which std links anyway.
    #[repr(C)]
    struct Timeval { sec: i64, usec: i64 }
    #[repr(C)]
    struct Rusage { utime: Timeval, stime: Timeval, rest: [i64; 14] }
    extern "C" { fn getrusage(who: i32, usage: *mut Rusage) -> i32; }
    let mut usage: Rusage = unsafe { std::mem::zeroed() };
    unsafe { getrusage(0, &mut usage) };
    ((usage.utime.sec + usage.stime.sec) as u128) * 1_000_000_000
        + ((usage.utime.usec + usage.stime.usec) as u128) * 1000
}

fn parser(folder: &Path) -> liquid::Parser {
    let mut source = liquid::partials::InMemorySource::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().to_string();
        if name != "main" {
            source.add(name, fs::read_to_string(&path).unwrap());
        }
    }
    liquid::ParserBuilder::with_stdlib().partials(Partials::new(source)).build().unwrap()
}

fn main() {
    let args: Vec<String> = env::args().collect();
    let corpus = Path::new(&args[2]);
    let data: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(corpus.join("data.json")).unwrap()).unwrap();
    let globals = liquid::to_object(&data).unwrap();
    for theme in args[3].split(',') {
        let folder = corpus.join(theme);
        let main_source = fs::read_to_string(folder.join("main.liquid")).unwrap();
        if args[1] == "output" {
            let template = parser(&folder).parse(&main_source).unwrap();
            fs::write(&args[4], template.render(&globals).unwrap()).unwrap();
            continue;
        }
        let rounds: usize = args[4].parse().unwrap();
        let _ = Instant::now();
        let start = cpu_ns();
        for _ in 0..rounds { std::hint::black_box(parser(&folder).parse(&main_source).unwrap()); }
        let parse = cpu_ns() - start;
        let template = parser(&folder).parse(&main_source).unwrap();
        let start = cpu_ns();
        for _ in 0..rounds { std::hint::black_box(template.render(&globals).unwrap()); }
        let render = cpu_ns() - start;
        println!("{} {} {}", theme, parse / rounds as u128, render / rounds as u128);
    }
}
