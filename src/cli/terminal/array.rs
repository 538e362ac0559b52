//! The frame of a JSON array whose elements are written one after the other, each on a line.

/// What stands before the next element; `empty` says that there was none yet.
pub(super) fn before_element(empty: bool) -> &'static [u8] {
    if empty { b"[\n" } else { b",\n" }
}

/// What stands after the last element; `empty` says that there was none.
pub(super) fn end(empty: bool) -> &'static [u8] {
    if empty { b"[]\n" } else { b"\n]\n" }
}
