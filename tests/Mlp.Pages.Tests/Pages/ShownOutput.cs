namespace Mlp.Pages.Tests.Pages;

/// <summary>Compares what a page shows as output with what its program printed.</summary>
internal static class ShownOutput
{
    /// <summary>
    /// Whether they are the same to the last digit. A page shows only digits that are the same with every width of vector instructions.
    /// </summary>
    public static bool Agrees(CodeBlock shown, IReadOnlyList<string> printed) => shown.Text.Split('\n').SequenceEqual(printed);
}
