//! Configurations: read, completed and held against inputs that are not there.

#![no_main]

mod common;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    common::leave_libraries_their_panics();
    thread_local! {
        static FOLDER: tempfile::TempDir = tempfile::Builder::new().tempdir_in(common::memory()).expect("a folder");
    }
    FOLDER.with(|folder| {
        let config = folder.path().join("samkor.toml");
        std::fs::write(&config, data).expect("the file can be written");
        let _ = samkor::check(&common::request(config));
    });
});
