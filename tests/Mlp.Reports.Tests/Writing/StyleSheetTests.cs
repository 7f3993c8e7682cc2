using System.Globalization;
using System.Text.RegularExpressions;
using Mlp.Reports.Writing;

namespace Mlp.Reports.Tests.Writing;

/// <summary>Contrast by WCAG 2.2, success criteria 1.4.3 and 1.4.11; difference of colours as colour-blind eyes see them.</summary>
public class StyleSheetTests
{
    private static readonly string[] Series = ["c0", "c1", "c2", "c3", "c4", "c5"];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void TextsAndLines_HaveContrast_InBothSchemes(int scheme)
    {
        Dictionary<string, double[]> colours = Colours(scheme);
        foreach (string background in (string[])["page", "panel"])
        {
            Assert.True(Contrast(colours["text"], colours[background]) >= 7);
            Assert.True(Contrast(colours["quiet"], colours[background]) >= 4.5);
        }
        Assert.True(Contrast(colours["text"], colours["warnpanel"]) >= 7);
        Assert.True(Contrast(colours["warn"], colours["warnpanel"]) >= 4.5);
        // Series label themselves in their own colour, so they are texts, too.
        Assert.All(
            Series, series => Assert.True(
                Contrast(colours[series], colours["page"]) >= 4.5, $"{series}: {Contrast(colours[series], colours["page"]):F2}"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void TheTwoMainColours_DifferForEveryEye(int scheme)
    {
        Dictionary<string, double[]> colours = Colours(scheme);
        foreach (double[][] eye in (double[][][])[Protanopia, Deuteranopia])
        {
            double[] first = See(colours["c0"], eye), second = See(colours["c1"], eye);
            double distance = Math.Sqrt(first.Zip(second, (a, b) => (a - b) * (a - b)).Sum());
            Assert.True(distance > 0.25, $"the distance is {distance:F2}");
        }
    }

    // Machado, Oliveira and Fernandes 2009, full severity, on linear RGB.
    private static readonly double[][] Protanopia =
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]];
    private static readonly double[][] Deuteranopia =
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]];

    private static double[] See(double[] linear, double[][] eye) => [.. eye.Select(row => row.Zip(linear, (a, b) => a * b).Sum())];

    /// <summary>Linear RGB by name; 0 for light, 1 for dark.</summary>
    private static Dictionary<string, double[]> Colours(int scheme)
    {
        string sheet = Regex.Matches(StyleSheet.Figures, @":root \{[^}]*\}")[scheme].Value;
        return Regex.Matches(sheet, "--(\\w+): #(\\w{6})").ToDictionary(
            match => match.Groups[1].Value,
            match => match.Groups[2].Value.Chunk(2).Select(
                pair => Linear(int.Parse(pair, NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)).ToArray());

        static double Linear(double value) => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    private static double Contrast(double[] one, double[] other)
    {
        double a = Luminance(one) + 0.05, b = Luminance(other) + 0.05;
        return Math.Max(a, b) / Math.Min(a, b);

        static double Luminance(double[] linear) => 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    }
}
