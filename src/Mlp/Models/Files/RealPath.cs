using System.Globalization;

namespace Mlp.Models.Files;

/// <summary>Where a path leads when all links on the way are followed, those of its folders and one at its end.</summary>
/// <param name="Path">Absolute, without links. What is there need not exist.</param>
/// <param name="Descriptor">Of an open file of this process, where the path is that of one (/dev/stdout, /dev/fd/3); null
/// otherwise.</param>
/// <param name="IsOpenFile">Whether the path is that of an open file of some process. <paramref name="Path"/> then still has its
/// link.</param>
internal sealed record RealPath(string Path, int? Descriptor, bool IsOpenFile)
{
    // As many as Linux follows.
    private const int MostLinks = 40;

    /// <exception cref="IOException">The links lead in a circle.</exception>
    public static RealPath Of(string path)
    {
        string full = System.IO.Path.Combine(Environment.CurrentDirectory, path);
        string resolved = System.IO.Path.GetPathRoot(full)!;
        var rest = new Stack<string>(PartsBackwards(full[resolved.Length..]));
        for (int linkCount = 0; rest.TryPop(out string? part);)
        {
            if (part is "" or ".")
                continue;
            if (part == "..")
            {
                // Not of the text but of the folder that a link led to.
                resolved = System.IO.Path.GetDirectoryName(resolved) ?? resolved;
                continue;
            }
            string next = System.IO.Path.Join(resolved, part);
            if (new FileInfo(next).LinkTarget is not string target)
            {
                resolved = next;
                continue;
            }
            // The text of such a link is no path, or that of a file that is open already and is not to be opened again.
            if (OpenFile.Find(next) is { } open)
                return new RealPath(next, open.IsOfThisProcess ? open.Descriptor : null, IsOpenFile: true);
            if (++linkCount > MostLinks)
                throw new IOException("Its links lead in a circle.");
            if (System.IO.Path.IsPathRooted(target))
            {
                resolved = System.IO.Path.GetPathRoot(target)!;
                target = target[resolved.Length..];
            }
            foreach (string targetPart in PartsBackwards(target))
                rest.Push(targetPart);
        }
        return new RealPath(resolved, Descriptor: null, IsOpenFile: false);
    }

    private static IEnumerable<string> PartsBackwards(string path) =>
        path.Split(System.IO.Path.DirectorySeparatorChar, System.IO.Path.AltDirectorySeparatorChar).Reverse();

    /// <summary>Linux lists the open files of a process as links: /proc/4711/fd/1.</summary>
    private sealed record OpenFile(bool IsOfThisProcess, int Descriptor)
    {
        public static OpenFile? Find(string path) =>
            path.Split('/') is ["", "proc", string process, .., "fd", string descriptor]
            && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out int processId)
            && int.TryParse(descriptor, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? new OpenFile(processId == Environment.ProcessId, number) : null;
    }
}
