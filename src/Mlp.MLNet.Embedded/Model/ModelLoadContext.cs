using System.Reflection;
using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>What a component reads itself from.</summary>
internal sealed class ModelLoadContext : IDisposable
{
    private const string ModelEntryName = "Model.key";

    private const string FriendName = "Mlp.MLNet";

    private readonly RepositoryReader _repository;
    private readonly string _directory;
    private readonly ModelHeader _header;

    private ModelLoadContext(RepositoryReader repository, string directory, byte[] entry)
    {
        _repository = repository;
        _directory = directory;
        _header = ModelHeader.Read(entry);
        Reader = new BinaryReader(new MemoryStream(_header.Model), Encoding.UTF8);
    }

    public BinaryReader Reader { get; }

    public string LoaderAssemblyName => _header.LoaderAssembly;

    /// <summary>How many bytes of the component's own block are still unread: the bound for any count found in it.</summary>
    public long Remaining => Reader.BaseStream.Length - Reader.BaseStream.Position;

    public static bool LoadModelOrNull<TRes, TSig>(IHostEnvironment env, out TRes result, RepositoryReader repository, string directory)
        where TRes : class
    {
        byte[]? entry = repository.ReadOrNull($"{directory}/{ModelEntryName}");
        if (entry == null)
        {
            result = null!;
            return false;
        }

        using var context = new ModelLoadContext(repository, directory, entry);
        env.ComponentCatalog.RegisterAssembly(FindAssembly(context.LoaderAssemblyName));
        Func<object[], object?>? loader = env.ComponentCatalog.FindLoader(context._header.LoaderName, typeof(TSig));
        result = (loader == null ? null : Invoke(loader, env, context) as TRes)!;
        if (result == null)
            throw env.ExceptDecode($"Couldn't load model: '{directory}'");
        Contracts.CheckDecode(context.Remaining == 0, "Corrupt model file");
        return true;
    }

    public static void LoadModel<TRes, TSig>(IHostEnvironment env, out TRes result, RepositoryReader repository, string directory)
        where TRes : class
    {
        if (!LoadModelOrNull<TRes, TSig>(env, out result, repository, directory))
            throw env.ExceptDecode("Corrupt model file");
    }

    public void LoadModel<TRes, TSig>(IHostEnvironment env, out TRes result, string name)
        where TRes : class
        => LoadModel<TRes, TSig>(env, out result, _repository, $"{_directory}/{name}");

    public bool LoadModelOrNull<TRes, TSig>(IHostEnvironment env, out TRes result, string name)
        where TRes : class
        => LoadModelOrNull<TRes, TSig>(env, out result, _repository, $"{_directory}/{name}");

    public void CheckAtModel() => Contracts.Check(Reader.BaseStream.Position == 0);

    public void CheckAtModel(VersionInfo ver)
    {
        CheckAtModel();
        ver.CheckReads(_header.ComponentVersion);
    }

    public bool TryLoadBinaryStream(string name, Action<BinaryReader> action)
    {
        Contracts.CheckNonEmpty(name, nameof(name));
        Contracts.CheckValue(action, nameof(action));
        byte[]? entry = _repository.ReadOrNull($"{_directory}/{name}");
        if (entry == null)
            return false;
        using var reader = new BinaryReader(new MemoryStream(entry), Encoding.UTF8);
        action(reader);
        return true;
    }

    public string LoadString()
    {
        int id = Reader.ReadInt32();
        Contracts.CheckDecode(id >= 0 && id < _header.Strings.Length);
        return _header.Strings[id];
    }

    public string LoadNonEmptyString()
    {
        string text = LoadString();
        Contracts.CheckDecode(text.Length > 0);
        return text;
    }

    public void Dispose() => Reader.Dispose();

    /// <summary>
    /// Loaders are internal to this assembly and to its one friend, so that nothing else is looked for, whatever a file names.
    /// </summary>
    private static Assembly FindAssembly(string fullName)
    {
        string simpleName = fullName.Split(',')[0].Trim();
        Assembly own = typeof(ModelLoadContext).Assembly;
        if (simpleName == own.GetName().Name)
            return own;
        Contracts.CheckDecode(
            simpleName == FriendName,
            $"The model file names the assembly '{simpleName}' as a loader; this runtime knows those of {own.GetName().Name} and {FriendName}.");
        return Assembly.Load(new AssemblyName(FriendName));
    }

    private static object? Invoke(Func<object[], object?> loader, IHostEnvironment env, ModelLoadContext context)
    {
        try
        {
            return loader([env, context]);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is Exception inner && Contracts.IsMarked(inner))
        {
            throw env.Except(exception, "Error during class instantiation");
        }
        catch (TargetInvocationException exception)
            when (exception.InnerException is IOException or InvalidDataException or ArgumentException or OverflowException)
        {
            // What the base library throws where a damaged file makes it read too far or take a number that cannot be.
            throw env.ExceptDecode(exception, $"The model file's entry '{context._directory}/{ModelEntryName}' is damaged.");
        }
    }
}
