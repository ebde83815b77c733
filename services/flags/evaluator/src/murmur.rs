//! MurmurHash3 x86 32-bit with seed 0, fed piece by piece, so that the hash of a fixed beginning is kept and
//! only what differs between callers is hashed per evaluation.

const C1: u32 = 0xcc9e_2d51;
const C2: u32 = 0x1b87_3593;

/// A hash under way. Copying it keeps the beginning for another ending.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Murmur3 {
    hash: u32,
    /// Bytes of the unfinished block, the first of them lowest.
    tail: u32,
    length: u32,
}

impl Murmur3 {
    #[cfg(test)]
    fn seeded(seed: u32) -> Self {
        Self { hash: seed, ..Self::default() }
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some((&byte, after)) = rest.split_first() {
            let at_block_start = self.length.is_multiple_of(4);
            if at_block_start && let Some((block, after)) = rest.split_first_chunk::<4>() {
                self.mix_block(u32::from_le_bytes(*block));
                self.length = self.length.wrapping_add(4);
                rest = after;
                continue;
            }
            self.tail |= u32::from(byte) << (8 * (self.length % 4));
            self.length = self.length.wrapping_add(1);
            if self.length.is_multiple_of(4) {
                let block = std::mem::take(&mut self.tail);
                self.mix_block(block);
            }
            rest = after;
        }
    }

    pub(crate) fn finish(self) -> u32 {
        let mut hash = self.hash ^ scramble(self.tail) ^ self.length;
        hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
        hash = (hash ^ (hash >> 13)).wrapping_mul(0xc2b2_ae35);
        hash ^ (hash >> 16)
    }

    fn mix_block(&mut self, block: u32) {
        self.hash = (self.hash ^ scramble(block)).rotate_left(13).wrapping_mul(5).wrapping_add(0xe654_6b64);
    }
}

fn scramble(block: u32) -> u32 {
    block.wrapping_mul(C1).rotate_left(15).wrapping_mul(C2)
}

#[cfg(test)]
mod tests;
