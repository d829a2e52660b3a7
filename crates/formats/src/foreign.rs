//! Bytes of other trades, known by how they begin: said by name instead of as a broken table.

/// The trade of bytes that are neither text nor a workbook of ours, by how they begin: a word, for
/// which each language has its text (`error-not-a-table`).
pub(crate) fn trade(head: &[u8]) -> Option<&'static str> {
    let known: [(&[u8], &'static str); 14] = [
        (b"%PDF", "pdf"),
        (b"\x7fELF", "program"),
        (b"MZ\x90\0", "program"),
        (b"\xff\xd8\xff", "jpeg"),
        (b"\x89PNG", "png"),
        (b"GIF8", "gif"),
        (b"\xd0\xcf\x11\xe0", "old_office"),
        (b"Rar!", "rar"),
        (b"7z\xbc\xaf", "seven_zip"),
        (b"BZh", "bzip2"),
        (b"\xfd7zXZ", "xz"),
        (b"\x28\xb5\x2f\xfd", "zstd"),
        (b"PAR1", "parquet"),
        (b"SQLite format 3\0", "database"),
    ];
    known.into_iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, what)| what)
}
