/// The arithmetic operators, spelled as they are written.
public enum ArithmeticOperator: String, Sendable, Hashable, CaseIterable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  /// True division: always a double.
  case divide = "/"
  /// Division rounded down, toward negative infinity: `-7 // 2` is `-4`.
  case floorDivide = "//"
  /// What floor division leaves; takes the sign of the divisor: `-7 % 3` is `2`.
  case remainder = "%"
}
