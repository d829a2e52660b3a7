# The directory of competent authorities: its commands, entries, doubts, refusals.

help-directory = Competent authorities and contact points, each with its source and age
help-directory-import = Read authorities from a table into the agency’s own directory
help-directory-import-file = The table, .csv or .xlsx
help-directory-import-map = A file with lines “field = column header”
help-directory-import-whole = The file is all that is known of its countries: what it does not have is withdrawn
help-directory-import-dry-run = Look, and change nothing
help-directory-list = Who is competent where, by which article; the law pack’s part needs no node
help-directory-list-country = Whose authorities; all where it is left out
help-directory-list-from = For whom: the state that asks
help-directory-list-measure = Competent for this measure
help-directory-list-kind = Competent for what this kind of request carries
help-directory-list-on = On which day; today where it is left out
help-directory-show = Everything about one authority, and what was done to its entry
help-directory-show-id = The authority’s id
help-directory-confirm = Say that somebody looked again, and where: the entry is fresh from that day on
help-directory-confirm-id = The authority’s id
help-directory-confirm-source = Where it was looked up, or who said so
help-directory-confirm-on = On which day; today where it is left out
help-directory-remove = Take one of the agency’s own entries out
help-directory-remove-id = The authority’s id
help-directory-remove-because = Why
help-request-show-addressee = To whom: an id of the directory, or a name

kind-authorities = authorities
authority-role-central-authority = central authority
authority-role-contact-point-24-7 = contact point at all hours (24/7)
authority-role-fiu = financial intelligence unit
authority-role-prosecution = prosecution
authority-role-ministry = ministry
authority-role-police = police
channel-direct = from authority to authority
channel-diplomatic = through the ministries of foreign affairs

directory-who = { $country } · { $role }
directory-local = Calls itself: { $name }
directory-for = For: { $measures }
directory-for-nothing = For which measures, nobody has said: no request is addressed to it by itself.
directory-article = By: { $title }, article { $article }
directory-instrument = By: { $title }; the article was not read
directory-channel = Way: { $channel }
directory-languages = Languages: { $languages }
directory-reached = { $text }
directory-source = Source: { $source } · as of { $day }
directory-file = Read in from { $file }, row { $row }
directory-confirmed = Confirmed by { $by } on { $at }; first read in: { $first }
directory-caveat = Note: { $caveat }
directory-unverified = Nobody has verified it in its source. Ask, then: lienket directory confirm { $id } --source TEXT
directory-applies-check = Nobody has verified that what names it holds here on this day.
directory-applies-no = What names it does not hold on this day.
directory-stale =
    Stale: { $days ->
        [one] read { $days } day ago
       *[other] read { $days } days ago
    }. Ask, then: lienket directory confirm { $id } --source TEXT
directory-contradicts = Another entry says something else of it: { $ids }
directory-gone = The entry was taken out; what it said is below.
directory-before = Until then:
directory-did-added = added
directory-did-replaced = replaced by a newer file
directory-did-withdrawn = withdrawn by a file that does not have it
directory-did-removed = removed
directory-did-confirmed = confirmed
directory-now =
    The agency’s own directory has { $entries ->
        [one] { $entries } entry
       *[other] { $entries } entries
    }; gave way to newer ones: { $replaced }, withdrawn: { $withdrawn }.
directory-would =
    Nothing was changed. The agency’s own directory would have { $entries ->
        [one] { $entries } entry
       *[other] { $entries } entries
    }; would give way to newer ones: { $replaced }, be withdrawn: { $withdrawn }.
directory-none-of = No source names a competent authority of { $country } for this. Ask that country’s mission, INTERPOL’s bureau or the directory of the convention’s secretariat, and read the answer in: lienket directory import FILE (docs/directory.md).
directory-none = No source names a competent authority for this. Ask the states concerned, and read the answer in: lienket directory import FILE (docs/directory.md).

event-directory-imported = read a file into the directory: { $value }
event-directory-confirmed = confirmed an authority: { $value }
event-directory-removed = took an authority out of the directory: { $value }

document-authority-doubt = ask before it leaves

law-page-authorities = Who is competent
law-page-authorities-none = No source names a competent authority for this.

law-pack-authorities = { $count ->
    [one] Of { $count } authority it says something else; a letter may go elsewhere:
   *[other] Of { $count } authorities it says something else; letters may go elsewhere:
}

request-addressee = To: { $name } [{ $id }], as of { $day }
request-addressee-said = To: { $name }, as an officer says
request-warning-authority-unknown = No source names the competent authority of { $value }. Name it (requested_authority=…), or read it in with “lienket directory import”.
request-warning-authority-several = Several authorities may be meant: { $value }. Name the one (requested_authority=…).
request-warning-authority-stale = The competent authority was looked up more than a year ago: { $value }. Ask, then confirm it with “lienket directory confirm”.
request-warning-authority-unverified = Nobody has verified the competent authority: { $value }. Ask, then confirm it with “lienket directory confirm”.
request-warning-authority-differs = The agency’s own directory names another authority than the law pack, which has: { $value }.
request-warning-authority-contradicted = Entries of the directory contradict each other: { $value }. Look at them with “lienket directory show”.

error-authority-not-found = No authority has the id “{ $value }”.
error-authority-not-found-hint = “lienket directory list” shows all ids.
error-authority-of-pack = “{ $value }” is an entry of the law pack, not of the agency’s own directory.
error-authority-of-pack-hint = Read in what the agency knows better: its own entries go before the pack’s.
error-bad-source = The source is empty or longer than 500 characters.
error-bad-source-hint = Say in a line where it was looked up or who said so: a letter’s number, a page, a call and its day.
error-bad-confirmation-day = { $value } cannot confirm what is known as of { $other }.
error-bad-confirmation-day-hint = Give a day that has come, and that is not before the one that is known.
error-directory-not-a-case = Authorities are no records of a case.
error-directory-not-a-case-hint = Read them in with “lienket directory import FILE”.

reason-authority-role-unknown = “{ $value }” is no role of an authority. Write central_authority, contact_point_24_7, fiu, prosecution, ministry or police.
reason-authority-name-missing = The authority has no English name. Write the one that it uses itself.
reason-source-missing = Nothing says where this was read or who said it. Nothing goes into the directory without a source.
reason-day-unreadable = “{ $value }” is no day, month or year. Write it like 2026-07-01, 2026-07 or 2026.
reason-measure-word-unknown = “{ $value }” is neither a measure nor a kind of request; it was left out. See the list in docs/directory.md.
reason-measures-missing = The row names no measure: no request is addressed to this authority by itself.
reason-language-unreadable = “{ $value }” is no code of a language; it was left out. Write two or three letters of ISO 639, such as vi or en.
reason-channel-unknown = “{ $value }” is no way that is known; it was left out. Write direct or diplomatic.
reason-yes-or-no-unreadable = “{ $value }” is neither yes nor no; it was taken as no.
reason-as-of-in-future = “{ $value }” has not come yet by this machine's clock. Check the year.
reason-newer-entry-held = A newer entry of this authority is held ({ $value }). The newer one stays.
reason-too-many-entries = The directory has no room for “{ $value }” and more: it holds 2,000 entries. Take out what is not needed.
reason-nothing-withdrawn = Rows were rejected ({ $value }), and nothing was withdrawn: mend them and give the file again.
