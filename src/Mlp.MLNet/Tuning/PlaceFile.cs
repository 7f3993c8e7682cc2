using Mlp.Networks;

namespace Mlp.MLNet.Tuning;

/// <summary>The networks of one place of a model that is being searched for, as the engine writes models.</summary>
internal static class PlaceFile
{
    /// <param name="path">Of a file that may be there.</param>
    /// <param name="inputs">Of the networks.</param>
    /// <returns>Null where there is no file.</returns>
    /// <exception cref="ModelFileException">It is not an intact model.</exception>
    /// <exception cref="InvalidOperationException">It is that of another search.</exception>
    public static Model<float>? Read(string path, InputDescription inputs)
    {
        if (!File.Exists(path))
            return null;
        using FileStream file = File.OpenRead(path);
        Model<float> model = ModelFile.Read<float>(file);
        return model.Network.Inputs.HasShapeOf(inputs) ? model : throw new InvalidOperationException(
            $"'{path}' has networks of other inputs, from another search. Give the folder of this search, or one that is empty.");
    }
}
