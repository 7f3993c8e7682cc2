using Mlp.TestSupport;

namespace Mlp.Tests.FixtureFiles;

/// <summary>Prints the table of docs/fixtures.md.</summary>
public class FixtureTableTests(ITestOutputHelper output)
{
    [Trait("Speed", "Slow")]
    [Fact]
    public void EveryCase_OfEveryFile_Passes_InBothPrecisions()
    {
        output.WriteLine(FixtureCases.Table());
        IEnumerable<FixtureCase> failed = FixtureCases.All.Where(each => (each.InDouble.Failure ?? each.InSingle.Failure) is not null);
        Assert.Empty(failed.Select(each => $"{each.File}, {each.Name}"));
    }

    [Fact]
    public void EveryFixtureFile_HasCases()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Fixtures");
        Assert.Equal(
            Directory.GetFiles(folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(),
            FixtureCases.All.Select(each => each.File).Distinct().Order());
    }
}
