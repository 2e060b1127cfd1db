//! The command `pamphlet`.

fn main() -> std::process::ExitCode {
    pamphlet::cli::run()
}
