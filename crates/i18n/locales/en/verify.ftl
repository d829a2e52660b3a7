# The court's bundle: its README, and the verifier's sentences.

verify-usage = Usage: lienket-verify [--json] [--lang vi|en] BUNDLE…
verify-valid = valid: everything in this bundle was checked and holds
verify-not-valid = NOT VALID: read the lines marked with !
verify-readme =
    WHAT THIS IS

    This archive shows messages that agencies of different countries sent to each other with Lienket,
    and what became of them. Each message was signed by who sent it. Sender and receiver each keep
    a record that can only grow; each has signed the other's record. So neither can deny a message,
    leave one out, move one or date one back without the other's signature speaking against it.

    WHAT LIES WHERE

    cards          who the agencies are and which keys are theirs
    messages       N.envelope: the message, sealed and signed, as it was sent
                   N.content: what it says, opened; may be missing where the content is secret
    attachments    files that went with a message, opened
    receipts       what the receiver's node or officers said of a message, signed
    records        the head of each record, signed by its writer, countersigned by its reader;
                   once a day both sign with a key that quantum computers do not break, too
    proofs         where in a record each message and each receipt lies
    bundle.txt     the SHA-256 of every other file; "sha256sum -c bundle.txt" checks them

    HOW TO CHECK IT

    1. Take a verifier from its publisher, never from whoever gave you this archive. There are two,
       written apart from each other; use both:
         lienket-verify --lang en THIS-FILE.zip
         python3 verify.py THIS-FILE.zip
       They need no network and ask nobody. Python 3.11 without any package is enough.
    2. Give them this archive as it is, not unpacked. It is valid when both say so; then each line
       that they print is proven. One changed bit anywhere makes it not valid.
    3. Compare the twelve words (or the number of 64 digits) that the verifier tells of each agency
       with what that agency itself tells you. This is the one thing that no program can check.

    The times in this archive are those of the clocks of the two agencies. Both verifiers
    are published with their sources: verify.py is one file of text that anybody can read.

verify-archive-disk = The file cannot be read: { $value }
verify-archive-form = This is not a bundle, or it was changed: the byte at place { $value } is not what has to stand there.
verify-archive-checksum = The file { $value } in the bundle was changed: its bytes are not those of its checksum.
verify-archive-many = The bundle has more than { $value } files.
verify-archive-twice = The file { $value } is twice in the bundle.
verify-archive-name = The name { $value } cannot stand in a bundle.
verify-archive-size = The file { $value } is larger or smaller than such a file can be.

verify-list-form = The list bundle.txt is not written as it has to be.
verify-list-unnamed = The file { $file } is in the bundle, but not in the list bundle.txt.
verify-list-differs = The file { $file } is not the one that the list bundle.txt names.
verify-list-absent = The file { $file } is in the list bundle.txt, but not in the bundle.
verify-file-missing = The file { $file } is missing.
verify-file-unknown = The file { $file } has no place in a bundle.
verify-file-alone = The file { $file } belongs to nothing that this bundle proves.
verify-file-name = The file { $file } is about something else than its name says.
verify-nothing = There is no message in this bundle.

verify-card-shape = The file { $file } is no card.
verify-card-signature = The card { $file } is not signed by both of its root keys.
verify-card-chain = The card { $file } does not follow the card before it.
verify-agency-unknown = The file { $file } names an agency whose cards are missing or do not hold.
verify-signer-unknown = The signature of { $agency } on { $what } does not hold: none of the keys on its cards made it.
verify-signer-untimely = The key of { $agency } that signed { $what } was not in use at that time.
verify-signer-revoked = The key of { $agency } that signed { $what } had been revoked by then.

verify-envelope-shape = The file { $file } is no message, or what is sealed in it is not what was signed.
verify-content-other = The content { $file } is not the one that was signed.
verify-content-shape = The content { $file } cannot be read, although it is the one that was signed.
verify-attachment-other = The file { $file } is not the one that was sealed.
verify-receipt-shape = The file { $file } is no receipt.
verify-receipt-other = The receipt { $file } is about other bytes, or between other agencies, than the message in this bundle.
verify-checkpoint-shape = The file { $file } is no head of a record.
verify-checkpoint-alone = The head of a record { $file } was not countersigned by the record's reader.
verify-daily-wrong = The post-quantum signature (ML-DSA-44) of { $agency } under { $what } does not hold.
verify-proof-shape = The file { $file } is no proof.
verify-proof-other = The proof { $file } is about another record, another length or another place.
verify-proof-fails = The proof does not hold: { $what } is not in the record at that place.
verify-proof-before = What stands in the record before { $what } is not what the message itself names.

verify-what-message = message { $id }
verify-what-receipt = the receipt “{ $kind }” for message { $id }
verify-what-record = the record of { $writer } for { $reader }
verify-what-cosignature = the countersignature under { $what }
verify-what-daily = the daily head of { $what }
verify-no-limits = none

verify-claim-agency = { $agency } has the number { $id }. Its { $cards ->
        [one] card is
       *[other] { $cards } cards follow each other and are
    } signed by its root keys. Compare its twelve words with those that it tells you: { $words }.
verify-claim-message = Message { $id } of { $at } was sealed and signed by { $from } for { $to }.
verify-claim-leaf = In the record of { $writer } for { $reader }, { $what } is leaf { $index } (counted from 0); { $reader } countersigned that record at { $at } when it had { $size } leaves.
verify-claim-daily = { $agency } signed { $record } with a post-quantum key too (ML-DSA-44), at { $at }, when it had { $size } leaves.
verify-claim-witness = { $agency } saw { $record } at { $at }, as a witness, when it had { $size } leaves (ML-DSA-44).
verify-claim-accepted = The node of { $agency } confirmed at { $at } that it holds message { $id }.
verify-claim-rejected = The node of { $agency } refused message { $id } at { $at }; code { $code }; text: { $text }
verify-claim-opened = { $agency } confirmed at { $at } that message { $id } was opened there; by whom: { $text }
verify-claim-handled = { $agency } confirmed at { $at } that message { $id } was dealt with; answer: { $text }
verify-claim-closed = The content of { $what } is not in this bundle; what is proven holds without it.
verify-claim-content = The content in this bundle is the one that was signed ({ $what }): kind { $kind }, handling { $tlp }, { $pap }, limits of use { $limits }; given for: { $purpose }; on the basis of: { $basis }.
verify-claim-limit = The limit H3 says: { $text }
verify-claim-retain = The receiver has to destroy the content by { $at }.
verify-claim-text = Its text: { $text }
verify-claim-bytes = Its body has { $size ->
        [one] 1 byte
       *[other] { $size } bytes
    } that are no plain text; SHA-256 { $digest }.
verify-claim-attachment = The attachment { $file }, { $size } bytes, is the one that was sealed.
verify-claim-attachment-absent = The attachment { $file }, { $size } bytes, went with the message and is not in this bundle.
