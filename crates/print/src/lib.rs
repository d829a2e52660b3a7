//! Floor 3: charts and reports.
