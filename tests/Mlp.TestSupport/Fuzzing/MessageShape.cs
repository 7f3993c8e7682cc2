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

    // The last alternative is text of the file in a message of the embedded runtime.
    [GeneratedRegex(@"(?<=\s)'[^']*'|\b[0-9a-f]{8}\b|-?[0-9][0-9.,]*(E[+-]?[0-9]+)?|NaN|-?∞|-?Infinity|(?<=written by Microsoft\.ML ).*(?=;)", RegexOptions.Singleline)]
    private static partial Regex Variable();
}
