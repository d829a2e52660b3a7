//! Floor 2: LINK and TRACE. Entities, money followed, rings.
