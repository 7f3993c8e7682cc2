namespace Mlp.Reports.Writing;

/// <summary>The style sheets: files beside the code, and parts of the assembly.</summary>
internal static class StyleSheet
{
    /// <summary>Colours and the parts of drawings: all that a drawing in a file of its own needs.</summary>
    public static string Figures { get; } = Read("figures.css");

    /// <summary>The page around the drawings; <see cref="Figures"/> comes before it.</summary>
    public static string Page { get; } = Read("report.css");

    /// <summary>The page on which a row can be tried; <see cref="Page"/> comes before it.</summary>
    public static string Form { get; } = Read("form.css");

    /// <summary>The page of two models; <see cref="Page"/> comes before it.</summary>
    public static string Pair { get; } = Read("pair.css");

    /// <summary>The page of a training that goes on; <see cref="Page"/> comes before it.</summary>
    public static string Watch { get; } = Read("watch.css");

    /// <summary>A file of the pages.</summary>
    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(StyleSheet).Assembly.GetManifestResourceStream(name)!);
        // A checkout can have other line ends; reports must be the same.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
