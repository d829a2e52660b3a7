//! Bytes of other trades, known by how they begin: said by name instead of as a broken table.

/// The trade of bytes that are neither text nor a workbook of ours, by how they begin.
pub(crate) fn trade(head: &[u8]) -> Option<&'static str> {
    let known: [(&[u8], &'static str); 14] = [
        (b"%PDF", "a PDF"),
        (b"\x7fELF", "a program"),
        (b"MZ\x90\0", "a program"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"\x89PNG", "a PNG picture"),
        (b"GIF8", "a GIF picture"),
        (b"\xd0\xcf\x11\xe0", "an old or locked Office file: save it as .xlsx without a password"),
        (b"Rar!", "a RAR archive"),
        (b"7z\xbc\xaf", "a 7z archive"),
        (b"BZh", "a bzip2 archive"),
        (b"\xfd7zXZ", "an xz archive"),
        (b"\x28\xb5\x2f\xfd", "a zstd archive"),
        (b"PAR1", "a Parquet file"),
        (b"SQLite format 3\0", "a database"),
    ];
    known.into_iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, what)| what)
}
