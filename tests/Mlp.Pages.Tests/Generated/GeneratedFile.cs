namespace Mlp.Pages.Tests.Generated;

/// <summary>A file of the repository that is made from the code.</summary>
/// <param name="Path">From the root of the repository.</param>
/// <param name="Text">Ends with a line break.</param>
internal sealed record GeneratedFile(string Path, string Text)
{
    public static GeneratedFile Options() => new("docs/options.md", OptionsPage.Write());

    public static IReadOnlyList<GeneratedFile> Drawings() => [.. Gallery.Drawings.Select(drawing => new GeneratedFile(
        $"docs/gallery/{drawing.FileName}", Gallery.Draw(drawing.Create)))];
}
