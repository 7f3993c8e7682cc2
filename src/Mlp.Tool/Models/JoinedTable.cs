using Mlp.Tables;
using Mlp.Tool.Output;

namespace Mlp.Tool.Models;

/// <summary>Several files of the same columns as one table.</summary>
internal static class JoinedTable
{
    /// <summary>Opens one file, or several that are read one after the other, from where they are; what comes through a pipe is copied
    /// first.</summary>
    /// <param name="paths">One at least; "-" is standard input.</param>
    /// <param name="options">What the user said about the files.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ToolException">Standard input is named twice, or cannot be copied.</exception>
    /// <exception cref="TableException">One is no table, or has other columns than the first.</exception>
    public static InputFile Open(IReadOnlyList<string> paths, TableOptions options, CancellationToken cancellationToken)
    {
        if (paths is [var only])
            return InputFile.Open(only, cancellationToken);
        if (paths.Count(path => path == OutputFile.Standard) > 1)
            throw new ToolException(ExitCode.Usage, "Standard input, -, is named more than once, and is read once.");
        var parts = new List<InputFile>();
        bool isOpen = false;
        try
        {
            foreach (string path in paths)
                parts.Add(InputFile.Open(path, cancellationToken));
            var file = InputFile.Of(TableFile.OriginOf([.. parts.Select(part => part.Path)], options, cancellationToken), parts);
            isOpen = true;
            return file;
        }
        finally
        {
            if (!isOpen)
                parts.ForEach(part => part.Dispose());
        }
    }
}
