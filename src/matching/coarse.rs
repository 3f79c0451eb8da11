//! What was learned of a system, by its size alone. It was learned from hidden accounts too: to the last digit it would
//! tell how many they are. So it is told alike whether any is hidden or not.

use super::system::Learned;

/// Parts into which the share of a shape of account names is divided. Shares of the accounts are counts; others rest on
/// more than these.
const PARTS: f64 = 4.0;

impl Learned {
    /// Makes it coarse.
    pub fn coarsen(&mut self) {
        let levels = self.levels.iter_mut().map(|(.., share)| share);
        let shares = levels.chain(self.chance_hits.iter_mut().map(|(_, share)| share));
        let own = [&mut self.in_files, &mut self.several_accounts];
        let namesakes = [&mut self.namesakes.of_outsiders, &mut self.namesakes.at_the_place];
        shares.chain(own).chain(namesakes).for_each(|share| *share = coarse_share(*share));
        for (_, share) in &mut self.shapes {
            *share = (*share * PARTS).round() / PARTS;
        }
        self.shapes.retain(|(_, share)| *share > 0.0);
    }
}

/// A share with one digit of it, or of what it lacks.
fn coarse_share(share: f64) -> f64 {
    let rest = share.min(1.0 - share);
    if rest <= 0.0 {
        return share;
    }
    let step = 10f64.powf(rest.log10().floor());
    let rest = (rest / step).round() * step;
    let coarse = if share > 0.5 { 1.0 - rest } else { rest };
    // Without what a computer's fractions leave behind.
    (coarse * 1e9).round() / 1e9
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A share keeps one digit of its smaller part.
    #[test]
    fn shares_are_told_by_their_size() {
        for (share, coarse) in [(0.9677, 0.97), (0.9953, 0.995), (0.0312, 0.03), (0.45, 0.5), (1.0, 1.0), (0.0, 0.0)] {
            assert!((coarse_share(share) - coarse).abs() < 1e-9, "{share} {}", coarse_share(share));
        }
    }
}
