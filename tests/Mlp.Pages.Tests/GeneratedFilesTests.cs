using Mlp.Pages.Tests.Generated;

namespace Mlp.Pages.Tests;

/// <summary>The files that are made from the code are what it gives now. With MLP_WRITE_FILES=1 in the environment they are written
/// instead.</summary>
public class GeneratedFilesTests
{
    private const string Variable = "MLP_WRITE_FILES";

    [Fact]
    public void OptionsPage_IsUpToDate() => AssertUpToDate(GeneratedFile.Options());

    [Theory]
    [InlineData("two-moons-4.svg")]
    [InlineData("two-moons-50.svg")]
    [InlineData("five-times-x.svg")]
    public void Drawing_IsUpToDate(string fileName) =>
        AssertUpToDate(GeneratedFile.Drawings().Single(file => file.Path == $"docs/gallery/{fileName}"));

    private static void AssertUpToDate(GeneratedFile file)
    {
        if (Environment.GetEnvironmentVariable(Variable) == "1")
        {
            File.WriteAllText(Repository.Path(file.Path), file.Text);
            return;
        }
        string[] present = File.ReadAllLines(Repository.Path(file.Path)), wanted = file.Text.TrimEnd('\n').Split('\n');
        Assert.True(
            present.SequenceEqual(wanted),
            $"{file.Path} is not what the code gives. If the change is meant, run: {Variable}=1 dotnet test tests/Mlp.Pages.Tests --filter "
            + $"GeneratedFiles\n- {string.Join("\n- ", present.Except(wanted))}\n+ {string.Join("\n+ ", wanted.Except(present))}");
    }
}
