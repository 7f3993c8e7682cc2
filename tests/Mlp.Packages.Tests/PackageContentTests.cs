using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Text;

namespace Mlp.Packages.Tests;

[Collection(nameof(PackagesCollection))]
public sealed class PackageContentTests(PackedPackages packages)
{
    public static TheoryData<string> Libraries => [.. PackedPackages.Libraries];

    public static TheoryData<string> Projects => [.. PackedPackages.Projects];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Library_IsAssemblyAndDocumentation(string project)
    {
        string[] files = [
            .. packages.Open(project).Names.Where(name => name.StartsWith("lib/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        Assert.Equal([$"lib/net10.0/{project}.dll", $"lib/net10.0/{project}.xml"], files);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Package_HasReadmeLicenceAndIcon(string project)
    {
        PackageContent package = packages.Open(project);
        Assert.Equal(File.ReadAllBytes(BuildFacts.Path($"src/{project}/README.md")), package["README.md"]);
        Assert.Equal(File.ReadAllBytes(BuildFacts.Path("LICENSE")), package["LICENSE"]);
        Assert.Equal(["README.md", "LICENSE", "icon.png"], ((string[])["readme", "license", "icon"])
            .Select(name => package.Elements(name).Single().Value));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Icon_IsASquareOf128(string project)
    {
        ReadOnlySpan<byte> icon = packages.Open(project)["icon.png"];
        // Signature, length and name of the first chunk, then width and height.
        Assert.Equal("IHDR", Encoding.ASCII.GetString(icon[12..16]));
        Assert.Equal((128, 128), (BinaryPrimitives.ReadInt32BigEndian(icon[16..]), BinaryPrimitives.ReadInt32BigEndian(icon[20..])));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Dependencies_AreThoseThatAreMeant(string project)
    {
        string[] dependencies = [.. packages.Open(project).Elements("dependency")
            .Select(each => $"{each.Attribute("id")!.Value} {each.Attribute("version")!.Value}").Order(StringComparer.Ordinal)];
        string engine = packages.Open("Mlp").Elements("version").Single().Value;
        string[] expected = project switch
        {
            "Mlp" or "Mlp.Scoring" => [],
            "Mlp.Tables" => ["K4os.Compression.LZ4 [1.3.8]", .. Others("Microsoft.ML.DataView"), "Parquet.Net [6.1.0]", "Snappier [1.3.1]",
                "ZstdSharp.Port [0.8.8]"],
            "Mlp.Mpi" => [$"Mlp [{engine}]"],
            "Mlp.Reports" => [$"Mlp.MLNet [{engine}]"],
            _ => [.. Others("Google.Protobuf", "Microsoft.ML", "Microsoft.ML.DataView"), $"Mlp [{engine}]"],
        };
        Assert.Equal(expected, dependencies);

        static string[] Others(params string[] names) => [.. names.Select(name => $"{name} {BuildFacts.VersionOf(name)}")];
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Symbols_NameSourcesByTheirPlaceInTheRepository(string project)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbStream(
            new MemoryStream(packages.OpenSymbols(project)[$"lib/net10.0/{project}.pdb"]));
        MetadataReader reader = provider.GetMetadataReader();
        string[] documents = [.. reader.Documents.Select(document => reader.GetString(reader.GetDocument(document).Name))];
        Assert.Contains(documents, document => document.StartsWith($"/_/src/{project}/", StringComparison.Ordinal));
        Assert.All(documents, document => Assert.StartsWith("/_/", document));
        // Those that the build wrote aside, they are files of the repository.
        Assert.All(documents.Where(document => !document.StartsWith("/_/obj/")), document =>
            Assert.True(File.Exists(BuildFacts.Path(document[3..])), document));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Nothing_NamesThisMachineOrItsPackageSources(string project)
    {
        PackageContent package = packages.Open(project);
        PackageContent[] contents = PackedPackages.Libraries.Contains(project) ? [package, packages.OpenSymbols(project)] : [package];
        string[] places = [BuildFacts.Root.TrimEnd('/'), Path.GetDirectoryName(packages.Folder)!, Environment.GetFolderPath(
            Environment.SpecialFolder.UserProfile), .. BuildFacts.PackageSources.Split(';', StringSplitOptions.RemoveEmptyEntries)];
        // What a tool brings along of others was built on their machines.
        foreach ((PackageContent content, string name) in contents.SelectMany(
            content => content.Names.Where(IsOurs).Select(name => (content, name))))
        {
            string text = Encoding.Latin1.GetString(content[name]);
            Assert.All(places, place =>
                Assert.False(text.Contains(place, StringComparison.Ordinal), $"{name} of {Path.GetFileName(content.Path)} names {place}."));
        }
        Assert.Equal("git", package.Elements("repository").Single().Attribute("type")!.Value);
        Assert.Null(package.Elements("repository").Single().Attribute("url"));
    }

    /// <summary>From other folders, too: what is packed does not depend on where it was built.</summary>
    [Theory]
    [MemberData(nameof(Libraries))]
    public void TwoBuilds_GiveTheSameBytes(string project)
    {
        string again = packages.FolderNamed("again");
        packages.Pack(project, again, "other-artifacts");
        PackageContent first = packages.Open(project), second = new(Path.Combine(again, Path.GetFileName(first.Path)));
        PackageContent firstSymbols = packages.OpenSymbols(project),
            secondSymbols = new(Path.Combine(again, Path.GetFileName(firstSymbols.Path)));

        foreach (string extension in (string[])["dll", "xml"])
            Assert.Equal(first[$"lib/net10.0/{project}.{extension}"], second[$"lib/net10.0/{project}.{extension}"]);
        Assert.Equal(firstSymbols[$"lib/net10.0/{project}.pdb"], secondSymbols[$"lib/net10.0/{project}.pdb"]);
        Assert.Equal(first.Nuspec, second.Nuspec);
    }

    private static bool IsOurs(string name) =>
        !name.StartsWith("tools/", StringComparison.Ordinal) || Path.GetFileName(name).StartsWith("Mlp", StringComparison.Ordinal);
}
