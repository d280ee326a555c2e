//! A reader of Rust that knows just enough: what is code, and where functions begin and end.

/// One function: its name, its first line (from 1), and how many lines it takes with both braces.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Function {
    pub name: String,
    pub line: usize,
    pub lines: usize,
}

/// The text with comments and literals turned into spaces; every line keeps its place.
pub(super) fn without_words(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut code = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = end_of_words(&chars, at);
        if end == at {
            code.push(chars[at]);
            at += 1;
        } else {
            code.extend(chars[at..end].iter().map(|&c| if c == '\n' { '\n' } else { ' ' }));
            at = end;
        }
    }
    code
}

/// Every function with a body, in the order of its `fn`; reads what [`without_words`] left.
pub(super) fn functions(code: &str) -> Vec<Function> {
    let chars: Vec<char> = code.chars().collect();
    let mut found = Vec::new();
    let mut line = 1;
    for at in 0..chars.len() {
        if chars[at] == '\n' {
            line += 1;
        }
        if let Some(name) = function_at(&chars, at)
            && let Some(end) = body_end(&chars, at)
        {
            let lines = 1 + chars[at..end].iter().filter(|&&c| c == '\n').count();
            found.push(Function { name, line, lines });
        }
    }
    found
}

/// Where the comment or literal that begins here ends; `at` itself when none begins here.
fn end_of_words(chars: &[char], at: usize) -> usize {
    match (chars[at], chars.get(at + 1)) {
        ('/', Some('/')) => find(chars, at, |c| c == '\n'),
        ('/', Some('*')) => end_of_block_comment(chars, at),
        ('"', _) => end_of_string(chars, at + 1),
        ('\'', _) => end_of_char(chars, at),
        ('r', Some('"' | '#')) if !inside_name(chars, at) => end_of_raw_string(chars, at),
        _ => at,
    }
}

fn end_of_block_comment(chars: &[char], at: usize) -> usize {
    let (mut depth, mut here) = (0, at);
    while here + 1 < chars.len() {
        match (chars[here], chars[here + 1]) {
            ('/', '*') => (depth, here) = (depth + 1, here + 2),
            ('*', '/') => (depth, here) = (depth - 1, here + 2),
            _ => here += 1,
        }
        if depth == 0 {
            return here;
        }
    }
    chars.len()
}

fn end_of_string(chars: &[char], mut at: usize) -> usize {
    while at < chars.len() {
        match chars[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    chars.len()
}

/// A character ends at its second quote; a lifetime (`'a` without one) is code.
fn end_of_char(chars: &[char], at: usize) -> usize {
    match (chars.get(at + 1), chars.get(at + 2)) {
        (Some('\\'), _) => (find(chars, at + 3, |c| c == '\'') + 1).min(chars.len()),
        (Some(_), Some('\'')) => at + 3,
        _ => at,
    }
}

/// `r"…"` and `r#"…"#`; a raw name like `r#type` is code.
fn end_of_raw_string(chars: &[char], at: usize) -> usize {
    let quote = find(chars, at + 1, |c| c != '#');
    if chars.get(quote) != Some(&'"') {
        return at;
    }
    let hashes = quote - at - 1;
    let closes = |end: usize| {
        chars[end] == '"'
            && chars[end + 1..].iter().take(hashes).filter(|&&c| c == '#').count() == hashes
    };
    (quote + 1..chars.len()).find(|&end| closes(end)).map_or(chars.len(), |end| end + 1 + hashes)
}

/// The name, when the word `fn` stands here and a name follows (not in a type like `fn(u8)`).
fn function_at(chars: &[char], at: usize) -> Option<String> {
    let is_word = chars[at..].starts_with(&['f', 'n']) && (at == 0 || !is_name(chars[at - 1]));
    let after = chars.get(at + 2)?;
    if !is_word || !after.is_whitespace() {
        return None;
    }
    let start = find(chars, at + 2, |c| !c.is_whitespace());
    let name: String = chars[start..].iter().take_while(|&&c| is_name(c)).collect();
    (!name.is_empty()).then_some(name)
}

/// Just past the brace that closes the body; nothing when a `;` comes first (a trait's promise).
fn body_end(chars: &[char], at: usize) -> Option<usize> {
    let (mut braces, mut brackets) = (0_usize, 0_usize);
    for (offset, &c) in chars[at..].iter().enumerate() {
        match c {
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets = brackets.saturating_sub(1),
            ';' if braces == 0 && brackets == 0 => return None,
            '{' if braces > 0 || brackets == 0 => braces += 1,
            '}' if braces == 1 => return Some(at + offset + 1),
            '}' => braces = braces.saturating_sub(1),
            _ => {}
        }
    }
    None
}

fn find(chars: &[char], from: usize, is: impl Fn(char) -> bool) -> usize {
    (from..chars.len()).find(|&at| is(chars[at])).unwrap_or(chars.len())
}

/// True when the `r` here ends a longer name; `br` and `cr` begin raw strings too.
fn inside_name(chars: &[char], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map(|place| chars[place]);
    match before(1) {
        Some('b' | 'c') => before(2).is_some_and(is_name),
        Some(c) => is_name(c),
        None => false,
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_spaces_and_code_stays() {
        let table = [
            ("a // b\nc", "a     \nc"),
            ("a /* b /* c */ d */ e", "a                   e"),
            (r#"x("{ \" }")"#, "x(        )"),
            ("f('{', '\\'', 'a')", "f(   ,     ,    )"),
            ("f<'a>(x: &'a str)", "f<'a>(x: &'a str)"),
            ("r\"}\" br#\"\"}\"# r#type bar\"}\"", "     b        r#type bar   "),
            ("\"two\nlines\" x", "    \n       x"),
            ("open \"never closed", "open              "),
        ];
        for (text, expected) in table {
            assert_eq!(without_words(text), expected, "{text}");
        }
    }

    fn seen(text: &str) -> Vec<String> {
        functions(&without_words(text))
            .iter()
            .map(|f| format!("{} at {} takes {}", f.name, f.line, f.lines))
            .collect()
    }

    #[test]
    fn functions_are_measured_from_fn_to_brace() {
        assert_eq!(seen("fn one() {}"), ["one at 1 takes 1"]);
        assert_eq!(seen("\npub fn two(\n  a: u8,\n) -> u8 {\n  a\n}\n"), ["two at 2 takes 5"]);
        assert_eq!(seen("fn f(a: [u8; 2]) where [u8; { 1 }]: X {\n}"), ["f at 1 takes 2"]);
        assert_eq!(seen("fn s() {\n let x = '}'; // }\n \"}\";\n}"), ["s at 1 takes 4"]);
        assert_eq!(
            seen("fn outer() {\n fn inner() {\n }\n}"),
            ["outer at 1 takes 4", "inner at 2 takes 2"]
        );
    }

    #[test]
    fn what_has_no_body_is_not_a_function() {
        assert_eq!(seen("trait T { fn promised(&self) -> u8; }"), Vec::<String>::new());
        assert_eq!(seen("type F = fn(u8) -> u8; struct Fnord { a: u8 }"), Vec::<String>::new());
        assert_eq!(seen("// fn no() {}\nlet s = \"fn no() {}\";"), Vec::<String>::new());
    }
}
