//! SHA-512 of eight messages at once, a lane each.
//!
//! Source: FIPS 180-4 sections 4.1.3, 4.2.3, 5.1.2, 5.3.5 and 6.4. The lengths of the messages may
//! differ: a lane whose message has ended keeps its state. What is done depends on lengths alone.

use std::arch::x86_64::{
    __m512i, __mmask8, _mm512_add_epi64, _mm512_mask_mov_epi64, _mm512_ror_epi64,
    _mm512_set1_epi64, _mm512_srli_epi64, _mm512_ternarylogic_epi64,
};

use super::lanes::{join, split};

/// Bytes of a block.
const BLOCK: usize = 128;
/// A digest has so many bytes.
const DIGEST: usize = 64;
/// The bit behind a message and the length of it take at least so many bytes.
const PADDING: usize = 17;

/// The first state.
const START: [u64; 8] = [
    0x6a09_e667_f3bc_c908,
    0xbb67_ae85_84ca_a73b,
    0x3c6e_f372_fe94_f82b,
    0xa54f_f53a_5f1d_36f1,
    0x510e_527f_ade6_82d1,
    0x9b05_688c_2b3e_6c1f,
    0x1f83_d9ab_fb41_bd6b,
    0x5be0_cd19_137e_2179,
];

/// A constant for each round.
#[rustfmt::skip]
const ROUNDS: [u64; 80] = [
    0x428a_2f98_d728_ae22, 0x7137_4491_23ef_65cd, 0xb5c0_fbcf_ec4d_3b2f, 0xe9b5_dba5_8189_dbbc,
    0x3956_c25b_f348_b538, 0x59f1_11f1_b605_d019, 0x923f_82a4_af19_4f9b, 0xab1c_5ed5_da6d_8118,
    0xd807_aa98_a303_0242, 0x1283_5b01_4570_6fbe, 0x2431_85be_4ee4_b28c, 0x550c_7dc3_d5ff_b4e2,
    0x72be_5d74_f27b_896f, 0x80de_b1fe_3b16_96b1, 0x9bdc_06a7_25c7_1235, 0xc19b_f174_cf69_2694,
    0xe49b_69c1_9ef1_4ad2, 0xefbe_4786_384f_25e3, 0x0fc1_9dc6_8b8c_d5b5, 0x240c_a1cc_77ac_9c65,
    0x2de9_2c6f_592b_0275, 0x4a74_84aa_6ea6_e483, 0x5cb0_a9dc_bd41_fbd4, 0x76f9_88da_8311_53b5,
    0x983e_5152_ee66_dfab, 0xa831_c66d_2db4_3210, 0xb003_27c8_98fb_213f, 0xbf59_7fc7_beef_0ee4,
    0xc6e0_0bf3_3da8_8fc2, 0xd5a7_9147_930a_a725, 0x06ca_6351_e003_826f, 0x1429_2967_0a0e_6e70,
    0x27b7_0a85_46d2_2ffc, 0x2e1b_2138_5c26_c926, 0x4d2c_6dfc_5ac4_2aed, 0x5338_0d13_9d95_b3df,
    0x650a_7354_8baf_63de, 0x766a_0abb_3c77_b2a8, 0x81c2_c92e_47ed_aee6, 0x9272_2c85_1482_353b,
    0xa2bf_e8a1_4cf1_0364, 0xa81a_664b_bc42_3001, 0xc24b_8b70_d0f8_9791, 0xc76c_51a3_0654_be30,
    0xd192_e819_d6ef_5218, 0xd699_0624_5565_a910, 0xf40e_3585_5771_202a, 0x106a_a070_32bb_d1b8,
    0x19a4_c116_b8d2_d0c8, 0x1e37_6c08_5141_ab53, 0x2748_774c_df8e_eb99, 0x34b0_bcb5_e19b_48a8,
    0x391c_0cb3_c5c9_5a63, 0x4ed8_aa4a_e341_8acb, 0x5b9c_ca4f_7763_e373, 0x682e_6ff3_d6b2_b8a3,
    0x748f_82ee_5def_b2fc, 0x78a5_636f_4317_2f60, 0x84c8_7814_a1f0_ab72, 0x8cc7_0208_1a64_39ec,
    0x90be_fffa_2363_1e28, 0xa450_6ceb_de82_bde9, 0xbef9_a3f7_b2c6_7915, 0xc671_78f2_e372_532b,
    0xca27_3ece_ea26_619c, 0xd186_b8c7_21c0_c207, 0xeada_7dd6_cde0_eb1e, 0xf57d_4f7f_ee6e_d178,
    0x06f0_67aa_7217_6fba, 0x0a63_7dc5_a2c8_98a6, 0x113f_9804_bef9_0dae, 0x1b71_0b35_131c_471b,
    0x28db_77f5_2304_7d84, 0x32ca_ab7b_40c7_2493, 0x3c9e_be0a_15c9_bebc, 0x431d_67c4_9c10_0d4c,
    0x4cc5_d4be_cb3e_42b6, 0x597f_299c_fc65_7e2a, 0x5fcb_6fab_3ad6_faec, 0x6c44_198c_4a47_5817,
];

/// The digests; where `is_after_zeros`, a block of zeros goes before each message.
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
pub(super) fn digests(messages: &[&[u8]], is_after_zeros: bool) -> Vec<[u8; DIGEST]> {
    let mut start = START.map(|word| splat(word));
    if is_after_zeros {
        start = compressed(&start, &[splat(0); 16]);
    }
    let mut digests = Vec::with_capacity(messages.len() + 7);
    for part in messages.chunks(8) {
        let before = if is_after_zeros { BLOCK } else { 0 };
        let eight = std::array::from_fn(|lane| part[lane.min(part.len() - 1)]);
        let state = absorbed(start, &eight, before).map(split);
        for lane in 0..part.len() {
            let mut digest = [0; DIGEST];
            for (bytes, lanes) in digest.chunks_exact_mut(8).zip(&state) {
                bytes.copy_from_slice(&lanes[lane].to_be_bytes());
            }
            digests.push(digest);
        }
    }
    digests
}

/// The state after eight messages, before which so many bytes went in.
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn absorbed(mut state: [__m512i; 8], messages: &[&[u8]; 8], before: usize) -> [__m512i; 8] {
    let blocks = messages.map(|message| (message.len() + PADDING).div_ceil(BLOCK));
    for block in 0..blocks.into_iter().max().unwrap_or(0) {
        let mut words = [[0; 8]; 16];
        let mut goes_on: __mmask8 = 0;
        for lane in 0..8 {
            if block < blocks[lane] {
                goes_on |= 1 << lane;
                let is_last = block + 1 == blocks[lane];
                write_block(messages[lane], block, is_last, before, &mut words, lane);
            }
        }
        let next = compressed(&state, &words.map(join));
        for (word, next) in state.iter_mut().zip(next) {
            *word = _mm512_mask_mov_epi64(*word, goes_on, next);
        }
    }
    state
}

/// One block of a message, padded, into a lane.
fn write_block(
    message: &[u8],
    block: usize,
    is_last: bool,
    before: usize,
    words: &mut [[u64; 8]; 16],
    lane: usize,
) {
    let rest = message.get(block * BLOCK..).unwrap_or_default();
    let mut padded = [0; BLOCK];
    let bytes = match rest.first_chunk::<BLOCK>() {
        Some(whole) => whole,
        None => {
            padded[..rest.len()].copy_from_slice(rest);
            // One bit stands behind the message; where it stood in the block before, this one has
            // the length alone.
            if block * BLOCK <= message.len() {
                padded[rest.len()] = 0x80;
            }
            if is_last {
                let bits = 8 * (before + message.len()) as u128;
                padded[BLOCK - 16..].copy_from_slice(&bits.to_be_bytes());
            }
            &padded
        }
    };
    for (word, bytes) in words.iter_mut().zip(bytes.chunks_exact(8)) {
        word[lane] = u64::from_be_bytes(std::array::from_fn(|at| bytes[at]));
    }
}

/// The state after one more block.
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn compressed(state: &[__m512i; 8], block: &[__m512i; 16]) -> [__m512i; 8] {
    let (mut working, mut words) = (*state, *block);
    for (at, constants) in ROUNDS.chunks_exact(16).enumerate() {
        if at > 0 {
            for word in 0..16 {
                // Each word of the next sixteen stands on four before it.
                let (near, far) = (words[(word + 14) % 16], words[(word + 1) % 16]);
                let sum = plus(words[word], words[(word + 9) % 16]);
                words[word] = plus(plus(sum, small::<19, 61, 6>(near)), small::<1, 8, 7>(far));
            }
        }
        for half in [0, 8] {
            let word = |word: usize| plus(words[half + word], splat(constants[half + word]));
            let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = working;
            round([a, b, c, e, f, g], &mut d, &mut h, word(0));
            round([h, a, b, d, e, f], &mut c, &mut g, word(1));
            round([g, h, a, c, d, e], &mut b, &mut f, word(2));
            round([f, g, h, b, c, d], &mut a, &mut e, word(3));
            round([e, f, g, a, b, c], &mut h, &mut d, word(4));
            round([d, e, f, h, a, b], &mut g, &mut c, word(5));
            round([c, d, e, g, h, a], &mut f, &mut b, word(6));
            round([b, c, d, f, g, h], &mut e, &mut a, word(7));
            working = [a, b, c, d, e, f, g, h];
        }
    }
    for (word, before) in working.iter_mut().zip(state) {
        *word = plus(*word, *before);
    }
    working
}

/// One round: what becomes the new e goes where d was, the new a where h was.
#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn round([a, b, c, e, f, g]: [__m512i; 6], d: &mut __m512i, h: &mut __m512i, word: __m512i) {
    /// Of e's bit: f's or g's.
    const CHOICE: i32 = 0xca;
    const MAJORITY: i32 = 0xe8;
    let choice = _mm512_ternarylogic_epi64::<CHOICE>(e, f, g);
    let majority = _mm512_ternarylogic_epi64::<MAJORITY>(a, b, c);
    let first = plus(plus(*h, word), plus(big::<14, 18, 41>(e), choice));
    *d = plus(*d, first);
    *h = plus(first, plus(big::<28, 34, 39>(a), majority));
}

#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn big<const A: i32, const B: i32, const C: i32>(word: __m512i) -> __m512i {
    let (a, b, c) =
        (_mm512_ror_epi64::<A>(word), _mm512_ror_epi64::<B>(word), _mm512_ror_epi64::<C>(word));
    _mm512_ternarylogic_epi64::<SUM>(a, b, c)
}

#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn small<const A: i32, const B: i32, const C: u32>(word: __m512i) -> __m512i {
    let (a, b) = (_mm512_ror_epi64::<A>(word), _mm512_ror_epi64::<B>(word));
    _mm512_ternarylogic_epi64::<SUM>(a, b, _mm512_srli_epi64::<C>(word))
}

/// Exclusive or of three.
const SUM: i32 = 0x96;

#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn plus(a: __m512i, b: __m512i) -> __m512i {
    _mm512_add_epi64(a, b)
}

#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn splat(word: u64) -> __m512i {
    _mm512_set1_epi64(word as i64)
}
