using System.Globalization;
using System.Text;

namespace Mlp.Numerics;

/// <summary>The text of a record as the compiler would make it, but for its numbers, which are in the invariant culture.</summary>
internal static class RecordText
{
    /// <param name="name">Of the record.</param>
    /// <param name="printMembers">What the compiler generates.</param>
    public static string Of(string name, Func<StringBuilder, bool> printMembers)
    {
        var text = new StringBuilder(name).Append(" { ");
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            if (printMembers(text))
                text.Append(' ');
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
        return text.Append('}').ToString();
    }
}
