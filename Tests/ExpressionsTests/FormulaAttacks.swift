import Expressions

/// Texts that have hurt evaluators, most of them named for the one they hurt, and the kind of error that each gets here.
enum FormulaAttacks {
  static let walks: [(String, FormulaError.Kind)] = [
    ("True.__class__.__base__.__subclasses__()", .syntax), ("().__class__.__mro__[1].__subclasses__()", .syntax),
    ("(1).__class__", .syntax), ("level.__class__.__bases__", .syntax), ("x.__globals__", .syntax),
    ("x.func_globals", .unknownName), ("b.mro()", .unknownFunction), ("print.__reduce__()", .syntax),
    ("foo.bar().gi_frame.f_globals['__builtins__'].exec('..')", .unknownFunction),
    ("foo.bar().gi_code.co_consts", .unknownFunction), ("path.os.popen('id').read()", .unknownFunction),
    ("thing.p.os.system('id')", .unknownFunction), ("funcs[0]('exit')", .syntax), ("p('print(1)')", .unknownFunction),
    ("actor.clear()", .unknownFunction), ("hp.append(99)", .unknownFunction), ("hp.max.real", .unknownName),
    ("level.bit_length()", .unknownFunction), ("min.__self__", .syntax), ("max.real", .unknownName),
    ("getattr(level, 'real')", .unknownFunction), ("globals()", .unknownFunction), ("vars()", .unknownFunction),
    ("__builtins__", .syntax), ("__import__('os')", .syntax), ("eval('1')", .syntax), ("exec('1')", .syntax),
    ("open('/etc/passwd')", .syntax), ("compile('1', '', 'eval')", .syntax), ("input()", .syntax),
    ("import os", .syntax), ("from os import system", .syntax), ("_\u{5f}class__", .syntax),
    ("hp.\u{5f}_dict__", .syntax),
  ]

  static let amplifications: [(String, FormulaError.Kind)] = [
    ("'text' * 50000", .syntax), ("\"x\" * 10000000000", .syntax), ("'1'.zfill(999999999)", .syntax),
    ("'1'.center(999999999)", .syntax), ("'\\t'.expandtabs(999999999)", .syntax), ("b'x' * 9", .syntax),
    ("('a' * 100000).replace('a', 'b' * 10000)", .syntax), ("('a' * 99999).join('b' * 9999)", .syntax),
    ("(1).to_bytes(999999999, 'big')", .syntax), ("(1).from_bytes(('123..').encode() * 999999, 'big')", .syntax),
    ("'%999999999d' % 1", .syntax), ("f'{1:>999999999}'", .syntax), ("f'{x.__class__}'", .syntax),
    ("'{0.__class__}'.format(x)", .syntax), ("'{x}'.format_map(y)", .syntax), ("str(1)", .unknownFunction),
    ("[0] * 1000000000", .syntax), ("(1, 2) * 9", .syntax), ("{1: 2}", .syntax), ("`1`", .syntax),
    ("1:999999999999", .syntax),
    ("range(999999999999)", .unknownFunction), ("list(1)", .unknownFunction), ("u'\\ud800'", .syntax),
  ]

  static let towers: [(String, FormulaError.Kind)] = [
    ("9**9**8", .syntax), ("9**9**9**9**9", .syntax), ("9**4000000", .syntax), ("9 ** -1", .syntax), ("9^9", .syntax),
    ("(-8)**0.5", .syntax), ("pow(9, 9999999)", .unknownFunction), ("exp(1e9)", .unknownFunction),
    ("factorial(100000)", .unknownFunction), ("1<<25000", .syntax), ("1 << 1 << 99", .syntax), ("8 >> -1", .syntax),
    ("5!", .syntax), ("9e99999999999999999999", .notFinite), ("1e308 * 10", .notFinite),
    ("float('nan')", .unknownFunction),
    ("nan", .unknownName), ("inf", .unknownName), ("-inf", .unknownName), ("NaN == NaN", .unknownName),
    ("1j", .syntax), ("rand()", .unknownFunction), ("time()", .unknownFunction),
  ]

  static let constructs: [(String, FormulaError.Kind)] = [
    ("[x for x in ([None],) for x[0] in (x,)]", .syntax), ("(x for x in y)", .syntax), ("lambda: 1", .syntax),
    ("(lambda x: x(x))(lambda x: x(x))", .syntax), ("x := 9", .syntax), ("(x := 9)", .syntax), ("x = 9", .syntax),
    ("while True: 1", .syntax), ("def f(): 1", .syntax), ("1; 2", .syntax), ("1, 2", .syntax), ("*x", .syntax),
    ("**x", .syntax), ("min(*x)", .syntax), ("min(x=1, 2)", .syntax), ("min(1 for x in y)", .syntax), ("...", .syntax),
    ("yield 1", .syntax), ("await x", .syntax), ("x is y", .syntax), ("x in y", .syntax), ("not in", .unknownName),
    ("None", .unknownName), ("x if y", .syntax), ("if x else y", .syntax), ("x[0]", .syntax), ("x[1:2]", .syntax),
    ("x ? y : z", .syntax), ("x && y", .syntax), ("x || y", .syntax), ("!x", .syntax), ("${x}", .syntax),
    ("{{x}}", .syntax),
    ("#{x}", .syntax), ("1 # comment", .syntax), ("1 // comment", .unknownName), ("1 /* x */", .syntax),
    ("<!--", .syntax),
    ("1d6", .syntax), ("d20 + 1", .unknownName), ("4d6kh3", .syntax), ("\\u0031", .syntax), ("%31", .syntax),
  ]

  static let characters: [(String, FormulaError.Kind)] = [
    ("", .syntax), (" \t\r\n", .syntax), ("\u{feff}1", .syntax), ("\u{0}", .syntax), ("1\u{0}", .syntax),
    ("1 + \u{200b}2", .syntax), ("1\u{a0}+ 2", .syntax), ("１ + ２", .syntax), ("٣ + 1", .syntax),
    ("Ⅷ + 1", .unknownName),
    ("²", .syntax), ("1 − 2", .syntax), ("1 × 2", .syntax), ("1 ÷ 2", .syntax), ("2 ＊ 3", .syntax), ("（1）", .syntax),
    ("\u{202e}1", .syntax), ("a\u{202e}", .syntax), ("\u{301}", .syntax), ("é\u{0}", .syntax), ("👩‍👩‍👧‍👦", .syntax),
    ("\u{fffd}", .syntax),
    ("1\u{c}+ 2", .syntax), ("1\u{2028}+ 2", .syntax), ("ｅval", .unknownName), ("𝐞𝐯𝐚𝐥", .unknownName),
    ("ｍin(1, 2)", .unknownFunction),
  ]
}
