using System.Text.Json.Serialization;
using Microsoft.ML.Data;
using Mlp.Tables;

namespace Mlp.Tool.Pipelines;

/// <summary>A column that ML.NET loads from the file.</summary>
/// <param name="Name">In ML.NET's schema.</param>
/// <param name="Kind">What it is to the pipeline.</param>
/// <param name="Fields">Names of the file's columns it is made of: one, or several numbers that form a vector.</param>
/// <param name="IsText">Loaded as text, else as Single.</param>
/// <param name="DateForm">How its dates are written; <see cref="DateForm.None"/> for other kinds, and when all are missing.</param>
internal sealed record InputColumn(string Name, InputKind Kind, IReadOnlyList<string> Fields, bool IsText, DateForm DateForm = DateForm.None)
{
    /// <summary>Whether a model sees it.</summary>
    [JsonIgnore]
    public bool IsFeature => Kind is InputKind.Number or InputKind.Category or InputKind.Date;

    [JsonIgnore]
    public bool IsVector => Fields.Count > 1;

    /// <summary>What ML.NET's text loader is told.</summary>
    /// <param name="indexOf">Position of each of the file's columns, from 0.</param>
    public TextLoader.Column ToLoaderColumn(Func<string, int> indexOf) =>
        IsVector
            ? new TextLoader.Column(Name, DataKind.Single, [.. Ranges([.. Fields.Select(indexOf)]).Select(range => new TextLoader.Range(range.First, range.Last))])
            : new TextLoader.Column(Name, IsText ? DataKind.String : DataKind.Single, indexOf(Fields[0]));

    /// <summary>Neighbours together: 1, 2, 3, 5 gives 1 to 3 and 5 to 5.</summary>
    public static IEnumerable<(int First, int Last)> Ranges(IReadOnlyList<int> indices)
    {
        for (int start = 0, next; start < indices.Count; start = next)
        {
            next = start + 1;
            while (next < indices.Count && indices[next] == indices[next - 1] + 1)
                next++;
            yield return (indices[start], indices[next - 1]);
        }
    }
}
