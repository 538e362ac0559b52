//! The end of a JSON object.

/// Follows the curly brackets outside of strings.
#[derive(Default)]
pub(super) struct Brackets {
    depth: u64,
    pub in_string: bool,
    escaped: bool,
}

impl Brackets {
    /// How many bytes of `chunk` there are up to the closing bracket, that one included.
    pub fn closed_at(&mut self, chunk: &[u8]) -> Option<usize> {
        for (place, &byte) in chunk.iter().enumerate() {
            if self.escaped {
                self.escaped = false;
            } else if self.in_string {
                self.escaped = byte == b'\\';
                self.in_string = byte != b'"';
            } else {
                match byte {
                    b'"' => self.in_string = true,
                    b'{' => self.depth += 1,
                    b'}' => self.depth = self.depth.saturating_sub(1),
                    _ => {}
                }
                if self.depth == 0 {
                    return Some(place + 1);
                }
            }
        }
        None
    }
}
