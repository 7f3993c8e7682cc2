using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Mlp.Pages.Tests;

/// <summary>Every package has one version in one place, and a reason in docs/dependencies.md.</summary>
public partial class DependencyTests
{
    // Programs that use our packages may bring later ones; docs/dependencies.md says which.
    private static readonly string[] Ranged = ["Microsoft.ML", "Microsoft.ML.DataView", "Google.Protobuf"];

    [Fact]
    public void EveryPackage_IsListedWithItsVersion()
    {
        string[] listed =
            [.. File.ReadLines(Repository.Path("docs/dependencies.md")).Select(line => Row().Match(line)).Where(match => match.Success)
            .Select(match => $"{match.Groups["name"].Value} {match.Groups["version"].Value}")];
        Assert.NotEmpty(listed);
        Assert.Equal(Versions().Select(package => $"{package.Name} {package.Version}").Order(), listed.Order());
    }

    [Fact]
    public void EveryVersion_IsExact_ButThoseThatUsersGet() => Assert.All(
        Versions().Where(package => !Ranged.Contains(package.Name)), package => Assert.Matches(@"^\[\d+(\.\d+){2,3}\]$", package.Version));

    [Fact]
    public void NoProject_HasVersionsOfItsOwn()
    {
        string[] projects = [.. ((string[])["src", "tests", "samples"]).SelectMany(
            folder => Directory.EnumerateFiles(Repository.Path(folder), "*.csproj", SearchOption.AllDirectories))];
        Assert.NotEmpty(projects);
        Assert.All(projects, project => Assert.All(
            XDocument.Load(project).Descendants("PackageReference"),
            reference => Assert.True(
                reference.Attribute("Version") is null && reference.Attribute("VersionOverride") is null, $"{project}: {reference}")));
    }

    private static IEnumerable<(string Name, string Version)> Versions() =>
        XDocument.Load(Repository.Path("Directory.Packages.props")).Descendants("PackageVersion")
            .Select(package => (package.Attribute("Include")!.Value, package.Attribute("Version")!.Value));

    [GeneratedRegex(@"^\| `(?<name>[^`]+)` \| `(?<version>[^`]+)` \| [^|]+ \| [^|]+ \|$")]
    private static partial Regex Row();
}
