//! Progress on a terminal: a line that grows, with the time that is left. Where standard error is none, nothing is shown.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use samkor::{Language, Measure, Progress};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How often a line without a measure moves.
const TICK: Duration = Duration::from_millis(120);

/// The line that is shown.
pub struct Line {
    language: Language,
    shown: bool,
    current: Mutex<Option<(String, Bar)>>,
}

impl Line {
    /// A line that is shown, or one that is not.
    pub fn new(language: Language, shown: bool) -> Self {
        Self { language, shown, current: Mutex::new(None) }
    }

    /// Tells how far the run has come.
    pub fn tell(&self, own: &Progress) {
        if own.done == 0 {
            log::info!("{}", own.phase.en);
        }
        if !self.shown {
            return;
        }
        let phase = own.phase.get(self.language);
        // A thread that panicked has left a line as good as any.
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        match &*current {
            Some((name, bar)) if name == phase => bar.bar.set_position(own.done.max(bar.bar.position())),
            _ => {
                if let Some((_, bar)) = current.take() {
                    bar.finish();
                }
                *current = Some((phase.to_owned(), self.bar(phase, own)));
            }
        }
    }

    fn bar(&self, phase: &str, own: &Progress) -> Bar {
        let of = (own.of > 0).then_some(own.of);
        let bar = ProgressBar::with_draw_target(of, ProgressDrawTarget::stderr()).with_message(phase.to_owned());
        let [under_way, over] = templates(own, self.language);
        bar.set_style(style(under_way));
        bar.enable_steady_tick(TICK);
        Bar { bar, over }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let current = self.current.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, bar)) = current.take() {
            bar.finish();
        }
    }
}

/// A phase as it is shown, and how it is shown when it is over.
struct Bar {
    bar: ProgressBar,
    over: &'static str,
}

impl Bar {
    fn finish(&self) {
        self.bar.set_style(style(self.over));
        self.bar.abandon();
    }
}

/// The templates are constants, which a test reads.
fn style(template: &str) -> ProgressStyle {
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    style.progress_chars("━━╌")
}

/// How a phase is shown while it goes on and when it is over: without colours, so that there are none to take away.
fn templates(own: &Progress, language: Language) -> [&'static str; 2] {
    match (own.of, own.measure, language) {
        (0, _, _) => ["{msg} … {elapsed}", "{msg}: {elapsed}"],
        (_, Measure::Bytes, Language::Sv) => [
            "{msg} {bar:12} {decimal_bytes} av {decimal_total_bytes}, {eta} kvar",
            "{msg}: {decimal_total_bytes}, {elapsed}",
        ],
        (_, Measure::Bytes, Language::En) => [
            "{msg} {bar:12} {decimal_bytes} of {decimal_total_bytes}, {eta} left",
            "{msg}: {decimal_total_bytes}, {elapsed}",
        ],
        (_, Measure::Accounts, Language::Sv) => {
            ["{msg} {bar:12} {human_pos} av {human_len}, {eta} kvar", "{msg}: {human_len} konton, {elapsed}"]
        }
        (_, Measure::Accounts, Language::En) => {
            ["{msg} {bar:12} {human_pos} of {human_len}, {eta} left", "{msg}: {human_len} accounts, {elapsed}"]
        }
        (_, Measure::Systems, Language::Sv) => {
            ["{msg} {bar:12} {pos} av {len} system, {eta} kvar", "{msg}: {len} system, {elapsed}"]
        }
        (_, Measure::Systems, Language::En) => {
            ["{msg} {bar:12} {pos} of {len} systems, {eta} left", "{msg}: {len} systems, {elapsed}"]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use samkor::Message;

    /// Every way to show a phase can be shown.
    #[test]
    fn templates_are_sound() {
        for (of, measure) in [(0, Measure::Bytes), (9, Measure::Bytes), (9, Measure::Accounts), (9, Measure::Systems)] {
            for language in [Language::Sv, Language::En] {
                let own = Progress { phase: Message { sv: "x".into(), en: "x".into() }, done: 0, of, measure };
                for template in templates(&own, language) {
                    assert!(ProgressStyle::with_template(template).is_ok(), "{template}");
                }
            }
        }
    }
}
