using System.Text.RegularExpressions;
using Mlp.TestSupport;

namespace Mlp.Reports.Tests.Figures;

/// <summary>docs/gallery has what the drawing code draws today.</summary>
public class GalleryTests
{
    // Another processor may round a cell's class or a line's last digit differently.
    private const double AllowedShare = 0.02;

    [Fact]
    public void Drawings_AreCurrent()
    {
        using var folder = new TemporaryFolder();
        Gallery.Write(folder.FullPath);
        foreach ((string fileName, _) in Gallery.Drawings)
        {
            string[] drawn = Parts(File.ReadAllText(folder.PathOf(fileName)));
            string[] stored = Parts(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "gallery", fileName)));
            double different = drawn.CountBy(part => part).Concat(stored.CountBy(part => part).Select(pair => KeyValuePair.Create(pair.Key, -pair.Value)))
                .GroupBy(pair => pair.Key).Sum(group => Math.Abs(group.Sum(pair => pair.Value)));
            Assert.True(
                different <= AllowedShare * stored.Length,
                $"{fileName} differs from what is drawn now. Run: dotnet run --project tests/Mlp.ReportCheck -- gallery docs/gallery");
        }
    }

    private static string[] Parts(string text) => Regex.Split(text, "(?=[<MLhvz ])");
}
