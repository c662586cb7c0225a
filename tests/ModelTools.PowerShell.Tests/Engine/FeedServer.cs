using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ModelTools.PowerShell.Tests.Engine;

/// <summary>A NuGet feed on this machine over the packages of a folder: asks for a name and a password if told so, and answers as a proxy for any other host.</summary>
internal sealed class FeedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentQueue<Request> _requests = new();
    private readonly string _folder;
    private readonly string? _expected;

    /// <param name="folder">The packages.</param>
    /// <param name="login">What is demanded, as <c>name:password</c>, or null.</param>
    public FeedServer(string folder, string? login = null)
    {
        _folder = folder;
        _expected = login is null ? null : $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(login))}";
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Address of the server, without a path.</summary>
    public string Host => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Address of the feed.</summary>
    public string Index => $"{Host}/index.json";

    /// <summary>What was asked for, in order.</summary>
    public IReadOnlyList<Request> Requests => [.. _requests];

    public void Dispose()
    {
        _ending.Cancel();
        _listener.Dispose();
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_ending.Token));
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            if (await reader.ReadLineAsync() is not { } first)
            {
                return;
            }

            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            while (await reader.ReadLineAsync() is { Length: > 0 } line)
            {
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                headers[line[..colon]] = line[(colon + 1)..].Trim();
            }

            var request = new Request(first.Split(' ')[1], headers.GetValueOrDefault("Authorization"));
            _requests.Enqueue(request);
            var address = new Uri(new Uri($"http://{headers["Host"]}"), request.Target);
            if (_expected is not null && request.Authorization != _expected)
            {
                await WriteAsync(stream, "401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"feed\"", Stream.Null);
            }
            else if (Open(address) is { } content)
            {
                await using (content)
                {
                    await WriteAsync(stream, "200 OK", content);
                }
            }
            else
            {
                await WriteAsync(stream, "404 Not Found", Stream.Null);
            }
        }
    }

    private static async Task WriteAsync(NetworkStream stream, string status, Stream content)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {content.Length.ToString(CultureInfo.InvariantCulture)}\r\nConnection: close\r\n\r\n"));
        await content.CopyToAsync(stream);
    }

    /// <summary>The resources of version 3 of NuGet's protocol that it takes to copy a package.</summary>
    private Stream? Open(Uri address) => address.AbsolutePath.Trim('/').Split('/') switch
    {
        ["index.json"] => Text($$"""{"version":"3.0.0","resources":[{"@id":"http://{{address.Authority}}/flat/","@type":"PackageBaseAddress/3.0.0"}]}"""),
        ["flat", var id, "index.json"] => Text($$"""{"versions":[{{string.Join(',', Versions(id).Select(version => $"\"{version}\""))}}]}"""),
        ["flat", _, _, var file] when File.Exists(Path.Combine(_folder, file)) => File.OpenRead(Path.Combine(_folder, file)),
        _ => null,
    };

    private IEnumerable<string> Versions(string id) => Directory.EnumerateFiles(_folder, $"{id}.*.nupkg").Select(file => Path.GetFileNameWithoutExtension(file)[(id.Length + 1)..]);

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>A request.</summary>
    /// <param name="Target">Path, or the whole address where a proxy is asked.</param>
    /// <param name="Authorization">The header, or null.</param>
    internal sealed record Request(string Target, string? Authorization);
}
