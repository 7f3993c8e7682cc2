using System.Runtime.InteropServices;

namespace Mlp.Benchmarks.Intervals;

/// <summary>Those functions of LightGBM's C interface that fit quantiles, which Microsoft.ML.LightGbm does not offer. The library is that
/// of its package.</summary>
internal static partial class NativeLightGbm
{
    private const string Library = "lib_lightgbm";
    private const int Single = 0, RowMajor = 1;

    /// <summary>Fits trees to a quantile and predicts it.</summary>
    /// <param name="train">Row-major, as many rows as <paramref name="labels"/>; NaN is missing.</param>
    /// <param name="labels">One per row.</param>
    /// <param name="queries">Rows to predict for, each array row-major.</param>
    /// <param name="columnCount">Features of a row.</param>
    /// <param name="parameters">LightGBM's own words.</param>
    /// <param name="treeCount">Trees.</param>
    public static double[][] FitAndPredict(
        float[] train, float[] labels, float[][] queries, int columnCount, string parameters, int treeCount)
    {
        Check(CreateDataset(train, Single, labels.Length, columnCount, RowMajor, parameters, 0, out nint rows));
        Check(SetField(rows, "label", labels, labels.Length, Single));
        Check(CreateBooster(rows, parameters, out nint booster));
        for (int tree = 0; tree < treeCount; tree++)
            Check(Update(booster, out _));
        double[][] results = [.. queries.Select(Predict)];
        Check(FreeBooster(booster));
        Check(FreeDataset(rows));
        return results;

        double[] Predict(float[] query)
        {
            var result = new double[query.Length / columnCount];
            Check(PredictRows(booster, query, Single, result.Length, columnCount, RowMajor, 0, 0, -1, "", out _, result));
            return result;
        }
    }

    private static void Check(int code)
    {
        if (code != 0)
            throw new InvalidOperationException($"LightGBM says: {Marshal.PtrToStringUTF8(LastError())}.");
    }

    [LibraryImport(Library, EntryPoint = "LGBM_GetLastError")]
    private static partial nint LastError();

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetCreateFromMat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateDataset(
        float[] data, int type, int rowCount, int columnCount, int isRowMajor, string parameters, nint reference, out nint dataset);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetSetField", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetField(nint dataset, string name, float[] values, int count, int type);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterCreate", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateBooster(nint dataset, string parameters, out nint booster);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterUpdateOneIter")]
    private static partial int Update(nint booster, out int isFinished);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterPredictForMat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int PredictRows(
        nint booster, float[] data, int type, int rowCount, int columnCount, int isRowMajor, int kind, int start, int count,
        string parameters, out long length, [Out] double[] result);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterFree")]
    private static partial int FreeBooster(nint booster);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetFree")]
    private static partial int FreeDataset(nint dataset);
}
