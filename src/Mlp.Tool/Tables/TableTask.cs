namespace Mlp.Tool.Tables;

/// <summary>What is to be predicted of a row.</summary>
internal enum TableTask
{
    /// <summary>One of two classes.</summary>
    Binary,

    /// <summary>One of three classes or more.</summary>
    Multiclass,

    /// <summary>A number.</summary>
    Regression,
}
