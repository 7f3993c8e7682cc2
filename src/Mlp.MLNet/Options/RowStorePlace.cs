namespace Mlp.MLNet;

/// <summary>Where the rows of a training are.</summary>
public enum RowStorePlace
{
    /// <summary>In memory where they fit by the estimate, and on disk otherwise; the log says so.</summary>
    Auto,

    /// <summary>In memory. Rows that do not fit are refused.</summary>
    Memory,

    /// <summary>On disk, however few they are.</summary>
    Disk,
}
