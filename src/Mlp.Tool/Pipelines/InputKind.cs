namespace Mlp.Tool.Pipelines;

/// <summary>The role of a loaded column in the pipeline.</summary>
internal enum InputKind
{
    /// <summary>One number or a vector of them, Single; missing ones are NaN.</summary>
    Number,

    /// <summary>Text whose values repeat; missing ones are empty.</summary>
    Category,

    /// <summary>Text of several words; missing ones are empty.</summary>
    Text,

    /// <summary>Days since 1970-01-01, Single; missing ones are NaN.</summary>
    Date,

    /// <summary>What is to be predicted: text for classes, else Single.</summary>
    Label,

    /// <summary>Whether each row is for training or testing: text.</summary>
    Split,
}
