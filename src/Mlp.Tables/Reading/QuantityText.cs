using System.Globalization;
using System.Text;

namespace Mlp.Tables.Reading;

/// <summary>Reads numbers as people write them: $3,820.21, 2.013,15 €, 15,0 %, (14.44), −5, 1'250 kg, 3.4M; and times by the
/// clock, which are in hours.</summary>
internal static class QuantityText
{
    /// <summary>Longer texts are no quantities.</summary>
    public const int LongestText = 64;

    /// <summary>Reads a quantity.</summary>
    /// <param name="text">UTF-8 without blanks around it.</param>
    /// <param name="buffer">Room for <see cref="LongestText"/> characters, which the unit is part of.</param>
    /// <param name="quantity">What it is.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, Span<char> buffer, out Quantity quantity)
    {
        quantity = default;
        if (text.Length > LongestText || text.IndexOfAnyInRange((byte)'0', (byte)'9') < 0
            && text.IndexOfAnyInRange((byte)0x80, (byte)0xFF) < 0)
            return false;
        ReadOnlySpan<char> rest = Normalize(text, buffer);
        if (ClockText.MayBe(text))
        {
            bool isClock = ClockText.TryParse(rest, out double time, out string clock);
            quantity = new Quantity { WithPoint = time, WithComma = time, Unit = clock, LetterFactor = 1, IsClock = isClock };
            return isClock;
        }
        if (CompositeText.TryParse(rest, out double sum, out ReadOnlySpan<char> sumUnit))
        {
            quantity = new Quantity
            {
                WithPoint = sum,
                WithComma = sum,
                Unit = sumUnit,
                LetterFactor = 1,
                IsClock = sumUnit is ClockText.Unit,
                IsComposite = true,
            };
            return true;
        }
        bool isBracketed = TakeBrackets(ref rest);
        bool? isNegative = TakeSign(ref rest);
        ReadOnlySpan<char> whole = rest;
        if (!TakeCurrency(ref rest, out ReadOnlySpan<char> currency))
            return false;
        ReadOnlySpan<char> behind = default;
        if (!isBracketed && (TakeBrackets(ref rest) || TakeBracketsBeforeUnit(ref rest, out behind)))
            isBracketed = true;
        bool? second = TakeSign(ref rest);
        if (isNegative != null && second != null || isBracketed && (isNegative ?? second) != null)
            return false;
        isNegative ??= second ?? isBracketed;

        int length = QuantityDigits.Length(rest);
        if (length == 0)
            return false;
        ReadOnlySpan<char> digits = rest[..length];
        rest = rest[length..];
        bool hasMarks = digits.IndexOfAnyExceptInRange('0', '9') >= 0;
        // CAD5 is more likely a code than five Canadian dollars; CAD 5 and CAD5.00 are dollars.
        if (!hasMarks && currency.Length > 0 && QuantityUnits.IsLetters(currency) && whole[currency.Length] != ' ')
            return false;
        TakeEmptyFraction(ref rest);
        if (rest is "-" && hasMarks && isNegative == false)
        {
            isNegative = true;
            rest = default;
        }
        if (!behind.IsEmpty)
        {
            if (!rest.IsEmpty)
                return false;
            rest = behind;
        }
        if (!TakeUnit(rest, ref currency, out double factor, out double letterFactor))
            return false;
        double sign = isNegative == true ? -factor : factor;
        double withPoint = QuantityDigits.Read(digits, '.') * sign, withComma = QuantityDigits.Read(digits, ',') * sign;
        if (double.IsNaN(withPoint) && double.IsNaN(withComma))
            return false;
        quantity = new Quantity
        {
            WithPoint = withPoint,
            WithComma = withComma,
            Unit = currency,
            AmbiguousMark = QuantityDigits.IsAmbiguous(digits) ? digits[digits.IndexOfAny('.', ',')] : '\0',
            IsGrouped = QuantityDigits.HasGroups(digits),
            IsBareBracket = isBracketed && !hasMarks && currency.IsEmpty,
            LetterFactor = letterFactor,
        };
        return true;
    }

    /// <summary>One character for each that means the same: blanks, signs, apostrophes, digits of other scripts.</summary>
    private static ReadOnlySpan<char> Normalize(ReadOnlySpan<byte> text, Span<char> buffer)
    {
        Span<char> characters = buffer[..Encoding.UTF8.GetChars(text, buffer)];
        foreach (ref char character in characters)
        {
            if (character < 0x80)
                continue;
            character = character switch
            {
                '\u00A0' or '\u202F' or '\u2009' or '\u2007' or '\u2008' or '\u3000' => ' ',
                '\u2212' or '\u2013' or '\u2014' or '\u2012' or '\uFE63' or '\uFF0D' => '-',
                '\u2019' or '\u00B4' or '\u02BC' or '\uFF07' => '\'',
                '\uFF05' or '\uFE6A' or '\u066A' => '%',
                '\uFF0E' or '\u066B' => '.',
                '\uFF0C' or '\u066C' => ',',
                _ => CharUnicodeInfo.GetDecimalDigitValue(character) is >= 0 and int digit ? (char)('0' + digit) : character,
            };
        }
        return characters;
    }

    private static bool TakeBrackets(scoped ref ReadOnlySpan<char> text)
    {
        if (text.Length < 3 || text[0] != '(' || text[^1] != ')')
            return false;
        text = text[1..^1].Trim(' ');
        return true;
    }

    /// <summary>Takes brackets with a currency or percent behind them: (1,016.07) €. Other words make a list of it: (1) first.</summary>
    private static bool TakeBracketsBeforeUnit(scoped ref ReadOnlySpan<char> text, out ReadOnlySpan<char> behind)
    {
        behind = default;
        int end = text.IndexOf(')');
        if (end < 0 || text[0] != '(')
            return false;
        ReadOnlySpan<char> unit = text[(end + 1)..].TrimStart(' ');
        if (unit is not "%" && !QuantityUnits.IsCurrency(unit))
            return false;
        behind = unit;
        text = text[1..end].Trim(' ');
        return true;
    }

    /// <summary>True for minus, false for plus, null for none.</summary>
    private static bool? TakeSign(scoped ref ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] is not ('-' or '+'))
            return null;
        bool isMinus = text[0] == '-';
        text = text[1..].TrimStart(' ');
        return isMinus;
    }

    /// <summary>Takes what stands in front of the digits; false if that is no currency.</summary>
    private static bool TakeCurrency(scoped ref ReadOnlySpan<char> text, out ReadOnlySpan<char> currency)
    {
        currency = default;
        int digit = text.IndexOfAnyInRange('0', '9');
        if (digit < 0)
            return false;
        int end = text[..digit].IndexOfAny("(-+");
        ReadOnlySpan<char> front = text[..(end < 0 ? digit : end)];
        // The mark of ".50" is no part of "$", but that of "Rs.50" is.
        if (front.Length > 0 && front[^1] is '.' or ',' && !QuantityUnits.IsLetters(front[..^1]) | front.Length == 1)
            front = front[..^1];
        if (front.IsEmpty)
            return true;
        currency = front.TrimEnd(' ');
        text = text[front.Length..].TrimStart(' ');
        return QuantityUnits.IsCurrency(currency);
    }

    /// <summary>Takes the dash that stands for "no cents": "12,-" and "12.–".</summary>
    private static void TakeEmptyFraction(scoped ref ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] is not ('.' or ',') || text[1] != '-')
            return;
        text = text[1..].TrimStart('-').TrimStart(' ');
    }

    /// <summary>Reads what stands behind the digits.</summary>
    /// <param name="text">The rest, with the blank in front.</param>
    /// <param name="unit">The currency in front of the digits, if any; becomes the unit.</param>
    /// <param name="factor">Of a word that multiplies.</param>
    /// <param name="letterFactor">Of a letter that may multiply; 1 for none.</param>
    private static bool TakeUnit(ReadOnlySpan<char> text, scoped ref ReadOnlySpan<char> unit, out double factor, out double letterFactor)
    {
        (factor, letterFactor) = (1, 1);
        bool isGlued = text.Length > 0 && text[0] != ' ';
        text = text.Trim(' ');
        if (text is ".")
            text = default;
        int wordLength = 0;
        while (wordLength < text.Length && char.IsLetter(text[wordLength]))
            wordLength++;
        if (wordLength > 0)
        {
            ReadOnlySpan<char> word = text[..wordLength], behind = text[wordLength..].TrimStart('.').Trim(' ');
            bool isMoney = unit.Length > 0 || QuantityUnits.IsCurrency(behind);
            double found = QuantityUnits.FactorOf(word);
            if (found == 0 && word.Length == 1 && (isGlued || isMoney)
                && QuantityUnits.FactorOfLetter(word, isMoney) is > 0 and double letter)
            {
                // Without a currency the column must tell whether the letter multiplies.
                if (!isMoney && behind.IsEmpty)
                {
                    letterFactor = letter;
                    unit = word;
                    return true;
                }
                found = isMoney ? letter : 0;
            }
            // 5 Cr is 5 crore, unless the column has debits, Dr, as well.
            if (!isMoney && behind.IsEmpty && UnitScale.Ratio(word, "cr") == 1)
            {
                letterFactor = found;
                unit = text;
                return true;
            }
            if (found > 0)
            {
                factor = found;
                text = behind;
            }
        }
        if (text.IsEmpty)
            return true;
        if (unit.IsEmpty)
        {
            unit = text;
            return QuantityUnits.IsCurrency(text) || QuantityUnits.IsUnit(text);
        }
        // "$5 USD" names its currency twice; "$5 €" is neither.
        bool isCode = QuantityUnits.IsCurrency(text) && QuantityUnits.IsLetters(text) && !QuantityUnits.IsLetters(unit);
        unit = isCode ? text : unit;
        return isCode;
    }
}
