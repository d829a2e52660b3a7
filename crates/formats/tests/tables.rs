//! Tables in text: encodings, separators, headers, and what is said about bad rows.

mod common;

use common::{gzip, text, vietnam};
use formats::kind::Kind;
use formats::map::ColumnMap;
use formats::open::Options;

const TRANSFERS: &str = "tx_id,timestamp,from_bank,from_account,to_bank,to_account,amount,\
currency,amount_received,currency_received,payment_format\n";
const COMPLAINTS: &str = "complaint_id,reported_at,agency,victim_bank,victim_account,paid_to_bank,\
paid_to_account,amount,currency,suspect_phone,suspect_domain,suspect_email,suspect_wallet,\
device_id\n";
const ACCOUNTS: &str = "account,bank,country,currency,kind,holder_name,phone,email,device_id\n";

fn check(header: &str, record: &str, expected: &str) {
    assert_eq!(text(format!("{header}{record}"), &vietnam()).trim_end(), expected, "{record}");
}

#[test]
fn transfers_are_read() {
    check(
        TRANSFERS,
        "7,1735689638,CNB02,1000200157,THB04,1000 176271,61.65,CNY,299.68,THB,wire",
        "1 7 2025-01-01T00:00:38Z CNB02/1000200157 > THB04/1000176271 61.65 CNY 299.68 THB wire",
    );
    check(
        "tx_id;timestamp;from_bank;from_account;to_bank;to_account;amount;currency\n",
        "7;1735689638;A;1;B;2;\"1.500,25\";usd",
        "1 7 2025-01-01T00:00:38Z A/1 > B/2 1500.25 USD 1500.25 USD",
    );
}

#[test]
fn what_is_odd_about_a_transfer_is_a_warning() {
    let row = "1 7 2025-01-01T00:00:38Z A/1 > A/1 0 VND 0 VND cash";
    let self_warning = "1 warning to_account \"1\" transfer_to_self";
    let zero = "1 warning amount \"0\" amount_zero";
    check(
        TRANSFERS,
        "7,1735689638,A,1,A,1,0,VND,0,VND,cash",
        &format!("{row}\n{self_warning}\n{zero}"),
    );
    check(
        TRANSFERS,
        "7,1735689638,A,1,B,2,5,VND,,,a\u{7}b",
        "1 7 2025-01-01T00:00:38Z A/1 > B/2 5 VND 5 VND ab\n1 warning payment_format \
\"a\u{fffd}b\" control_characters",
    );
}

#[test]
fn a_bad_transfer_is_rejected_with_its_field() {
    for (record, expected) in [
        (",1735689638,A,1,B,2,5,VND,5,VND,", "tx_id \"\" id_empty"),
        ("a\u{1b}b,1735689638,A,1,B,2,5,VND,5,VND,", "tx_id \"a\u{fffd}b\" id_control_character"),
        ("=1+1,1735689638,A,1,B,2,5,VND,5,VND,", "tx_id \"=1+1\" formula_in_cell"),
        (
            "7,2025-01-03 10:00,A,1,B,2,5,VND,5,VND,",
            "timestamp \"2025-01-03 10:00\" time_no_offset",
        ),
        ("7,1735689638000,A,1,B,2,5,VND,5,VND,", "timestamp \"1735689638000\" time_milliseconds"),
        ("7,1735689638,,1,B,2,5,VND,5,VND,", "from_bank \"\" bank_empty"),
        ("7,1735689638,A,=1+1,B,2,5,VND,5,VND,", "from_account \"=1+1\" account_bad"),
        ("7,1735689638,A,1,B,9.7E+18,5,VND,5,VND,", "to_account \"9.7E+18\" number_lost_digits"),
        ("7,1735689638,A,1,B,2,x,VND,5,VND,", "amount \"x\" amount_unreadable"),
        ("7,1735689638,A,1,B,2,5,XYZ,5,VND,", "currency \"XYZ\" currency_unknown"),
        ("7,1735689638,A,1,B,2,5,VND,-5,VND,", "amount_received \"-5\" amount_negative"),
        ("7,1735689638,A,1,B,2,5,VND,5,Q,", "currency_received \"Q\" currency_unknown"),
        ("7,1735689638,A,1,B,2,5,VND,,USD,", "amount_received \"\" amount_empty"),
        ("7,1735689638", "- \"2/11\" wrong_field_count"),
        ("7,1735689638,A,1,B,2,5,VND,5,VND,x,y", "- \"12/11\" wrong_field_count"),
        (",,,,,,,,,,", "- \"\" row_empty"),
    ] {
        check(TRANSFERS, record, &format!("1 rejected {expected}"));
    }
}

#[test]
fn complaints_are_rejected_for_what_matters_alone() {
    check(
        COMPLAINTS,
        "C1,1736155788,A05,VNB11,1000003750,CNB10,1000 001065,399000,VND,+84922182552,\
vay-nhanh.example,,,",
        "1 A05/C1 2025-01-06T09:29:48Z VNB11/1000003750 > CNB10/1000001065 399000 VND \
+84922182552 vay-nhanh.example",
    );
    check(
        COMPLAINTS,
        "C1,1736155788,A05,,,B,2,5,VND,,,,,",
        "1 A05/C1 2025-01-06T09:29:48Z - > B/2 5 VND",
    );
    check(
        COMPLAINTS,
        "C1,1736155788,A05,V,,B,2,5,VND,,,,,",
        "1 A05/C1 2025-01-06T09:29:48Z - > B/2 5 VND\n1 warning victim_account \"\" account_empty",
    );
    check(COMPLAINTS, "C1,1736155788,A05,,,B,2,0,VND,,,,,", "1 rejected amount \"0\" amount_zero");
    check(COMPLAINTS, "C1,1736155788,,,,B,2,5,VND,,,,,", "1 rejected agency \"\" id_empty");
    let own = Options { agency: Some("PC06".into()), ..vietnam() };
    let found = text(format!("{COMPLAINTS}C1,1736155788,,,,B,2,5,VND,,,,,"), &own);
    assert_eq!(found, "1 PC06/C1 2025-01-06T09:29:48Z - > B/2 5 VND\n");
}

#[test]
fn an_account_row_is_rejected_for_a_bad_account_alone() {
    check(ACCOUNTS, "1,VNB06,vn,vnd,personal,Hồ Bình,,,", "1 VNB06/1 VN VND Personal \"Hồ Bình\"");
    check(
        ACCOUNTS,
        "1,VNB06,XX,Q,ufo,A\u{7}B,,,",
        "1 VNB06/1 - - Unknown \"AB\"\n1 warning country \"XX\" country_unknown\n1 warning \
currency \"Q\" currency_unknown\n1 warning kind \"ufo\" account_kind_unknown\n1 warning \
holder_name \"A\u{fffd}B\" control_characters",
    );
    check(ACCOUNTS, ",VNB06,VN,VND,,,,,", "1 rejected account \"\" account_empty");
}

#[test]
fn truth_is_counted() {
    check(
        "scope,ring,pattern,item,role,value\n",
        "decoy,,,1,petty,\ntx,R1,mule,2,step,5",
        "1 truth\n2 truth",
    );
}

#[test]
fn vietnamese_headers_titles_and_amounts_are_read() {
    let sheet = "SAO KÊ TÀI KHOẢN;;;;;;\nTừ ngày 01/01/2025;;;;;;\n\
Mã giao dịch;Thời gian;Ngân hàng chuyển;Số tài khoản chuyển;Ngân hàng nhận;Số tài khoản nhận;Số \
tiền (VNĐ)\n\
FT1;2025-01-03T10:00:00+07:00;VCB;0123 456 789;TCB;19.03.55;45.015.000\n";
    assert_eq!(
        text(sheet, &vietnam()),
        "1 FT1 2025-01-03T03:00:00Z VCB/0123456789 > TCB/190355 45015000 VND 45015000 VND\n"
    );
    let map =
        ColumnMap::parse("timezone = +07:00\ndates = day-first\nholder_name = Ghi chú").unwrap();
    let mapped = Options { map: Some(map), ..vietnam() };
    let sheet = "Số đơn\tNgày trình báo\tCơ quan\tNH nhận\tSTK nhận\tSố tiền\tLoại \
tiền\n5\t3/1/2025\tPC06\tVCB\t12\t5 000 000 đ\tđồng\n";
    assert_eq!(
        text(sheet, &mapped),
        "1 PC06/5 2025-01-03T16:59:59Z - > VCB/12 5000000 VND\n1 warning reported_at \"3/1/2025\" \
date_without_time\n"
    );
}

#[test]
fn a_file_without_its_columns_is_refused_with_what_was_found() {
    check(
        "",
        "tx_id,timestamp,amount,currency,from_account\n",
        "error missing_columns from_bank, to_bank, to_account ← tx_id | timestamp | amount | \
currency | from_account",
    );
    check("", "foo,bar\n1,2\n", "error kind_unknown foo,bar");
    check("", "STK,Số TK,Ngân hàng\n1,2,3\n", "error column_twice account ← STK | Số TK");
    let asked = Options { kind: Some(Kind::Accounts), ..vietnam() };
    assert_eq!(text("foo,bar\n", &asked), "error missing_columns account, bank ← foo | bar\n");
    let asked = Options { kind: Some(Kind::Stix), ..vietnam() };
    assert_eq!(text(ACCOUNTS, &asked), "error kind_mismatch stix ← text\n");
    let wide = format!("account,bank{}\n", ",x".repeat(200));
    check("", &wide, "error too_many_columns 201");
}

#[test]
fn empty_and_header_only_files() {
    check("", "", "error empty_file");
    check("", " \n\n", "error empty_file");
    check("", "\u{feff}", "error empty_file");
    check(TRANSFERS, "", "");
    assert_eq!(text(gzip(b""), &vietnam()), "error empty_file \n");
}
