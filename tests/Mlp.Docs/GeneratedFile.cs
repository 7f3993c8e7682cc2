using Mlp.MLNet;
using Mlp.Reports;
using Mlp.Tables;

namespace Mlp.Docs;

/// <summary>A file of the repository that is made from the code.</summary>
/// <param name="Path">From the root of the repository.</param>
/// <param name="Text">Ends with a line break.</param>
/// <param name="Command">Writes it.</param>
internal sealed record GeneratedFile(string Path, string Text, string Command)
{
    public static GeneratedFile Options() => new("docs/options.md", OptionsPage.Write(), "dotnet run --project tests/Mlp.Docs -- options");

    public static IReadOnlyList<GeneratedFile> PublicApis() =>
    [
        PublicApiOf(typeof(TrainingSettings), "src/Mlp"),
        PublicApiOf(typeof(MlpOptions), "src/Mlp.MLNet"),
        PublicApiOf(typeof(ModelReport), "src/Mlp.Reports"),
        PublicApiOf(typeof(TableFile), "src/Mlp.Tables"),
    ];

    public static IReadOnlyList<GeneratedFile> Drawings() => [.. Gallery.Drawings.Select(drawing => new GeneratedFile(
        $"docs/gallery/{drawing.FileName}", Gallery.Draw(drawing.Create), "dotnet run --project tests/Mlp.Docs -- gallery"))];

    private static GeneratedFile PublicApiOf(Type member, string project) =>
        new($"{project}/PublicApi.txt", PublicApi.Write(member.Assembly), "dotnet run --project tests/Mlp.Docs -- api");
}
