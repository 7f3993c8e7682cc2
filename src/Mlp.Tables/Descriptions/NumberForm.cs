namespace Mlp.Tables;

/// <summary>How the numbers of a column are written, beyond plain digits.</summary>
/// <param name="DecimalMark">'.' or ','; the other one, an apostrophe, a blank or an underscore may group digits.</param>
/// <param name="Unit">The sign, code or word beside the digits: "$", "EUR", "%", "kg". Empty where there is none. A number without it is
/// taken to be in it as well.</param>
public sealed record NumberForm(char DecimalMark = '.', string Unit = "");
