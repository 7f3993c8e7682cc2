using System.Text.RegularExpressions;

namespace Mlp.TestSupport.Fuzzing;

/// <summary>What is the same in the messages of one line of code: the type and the text without numbers and quoted names.</summary>
internal static partial class MessageShape
{
    public static string Of(Exception exception)
    {
        Exception innermost = exception.GetBaseException();
        return $"{innermost.GetType().Name}: {Variable().Replace(innermost.Message, "#")}";
    }

    [GeneratedRegex(@"(?<=\s)'[^']*'|\b[0-9a-f]{8}\b|-?[0-9][0-9.,]*(E[+-]?[0-9]+)?|NaN|-?∞|-?Infinity")]
    private static partial Regex Variable();
}
