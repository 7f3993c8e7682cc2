// Writes the files that are made from the code.
//
//   dotnet run --project tests/Mlp.Docs -- options   docs/options.md
//   dotnet run --project tests/Mlp.Docs -- api       the PublicApi.txt of each package
//   dotnet run --project tests/Mlp.Docs -- gallery   the drawings of docs/gallery.md
using System.Reflection;
using Mlp.Docs;

IReadOnlyList<GeneratedFile>? files = args switch
{
    ["options"] => [GeneratedFile.Options()],
    ["api"] => GeneratedFile.PublicApis(),
    ["gallery"] => GeneratedFile.Drawings(),
    _ => null,
};
if (files is null)
{
    Console.Error.WriteLine("usage: dotnet run --project tests/Mlp.Docs -- options|api|gallery");
    return 2;
}
string root = typeof(GeneratedFile).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;
foreach (GeneratedFile file in files)
{
    File.WriteAllText(Path.Combine(root, file.Path), file.Text);
    Console.WriteLine($"Wrote {file.Path}.");
}
return 0;
