//! The verification value of SMHasher and a few published vectors.

use proptest::prelude::*;

use super::*;

fn hash(seed: u32, bytes: &[u8]) -> u32 {
    let mut murmur = Murmur3::seeded(seed);
    murmur.write(bytes);
    murmur.finish()
}

/// SMHasher hashes the keys `[]`, `[0]`, `[0, 1]` ... with the seeds 256, 255, 254 ..., hashes the results as
/// one byte string with seed 0 and compares the outcome with the value listed for the function.
#[test]
fn the_smhasher_verification_value_is_met() {
    let mut hashes = Vec::new();
    let mut key = Vec::new();
    for index in 0..=255_u8 {
        hashes.extend(hash(256 - u32::from(index), &key).to_le_bytes());
        key.push(index);
    }
    assert_eq!(hash(0, &hashes), 0xb0f5_7ee3);
}

#[test]
fn published_vectors_are_met() {
    for (text, seed, expected) in [
        ("", 0, 0),
        ("", 1, 0x514e_28b7),
        ("test", 0, 0xba6b_d213),
        ("Hello, world!", 0, 0xc036_3e43),
        ("The quick brown fox jumps over the lazy dog", 0, 0x2e4f_f723),
        // Six-character preimages of the ends of the range, listed in the flagd testbed.
        ("ejOoVL", 0, 0),
        ("bY9fO-", 0, 1),
        ("SI7p-", 0, 0x7fff_ffff),
        ("6LvT0", 0, 0x8000_0000),
        ("ceQdGm", 0, 0xffff_ffff),
    ] {
        assert_eq!(hash(seed, text.as_bytes()), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn the_pieces_in_which_bytes_arrive_do_not_matter(bytes: Vec<u8>, cuts in proptest::collection::vec(0_usize..64, 0..6)) {
        let mut murmur = Murmur3::default();
        let mut rest = bytes.as_slice();
        for cut in cuts {
            let (piece, after) = rest.split_at(cut.min(rest.len()));
            murmur.write(piece);
            rest = after;
        }
        murmur.write(rest);
        prop_assert_eq!(murmur.finish(), hash(0, &bytes));
    }
}
