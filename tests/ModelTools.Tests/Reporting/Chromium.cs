using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ModelTools.Tests.Reporting;

/// <summary>A headless Chromium with one page, driven over a pipe by its DevTools protocol.</summary>
public sealed class Chromium : IDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private readonly Process _process;
    private readonly Stream _commands;
    private readonly Stream _answers;
    private readonly byte[] _block = new byte[1 << 16];
    private readonly Queue<byte[]> _messages = new();
    private readonly MemoryStream _partial = new();
    private readonly string? _session;
    private int _lastId;

    private Chromium(string program, string profile)
    {
        // The shell gives the browser our pipes as the descriptors 3 and 4, where it expects them.
        const string Script = "exec \"$0\" --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --user-data-dir=\"$1\" --window-size=1440,900 --remote-debugging-pipe about:blank 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null";
        var start = new ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", Script, program, profile }, RedirectStandardInput = true, RedirectStandardOutput = true };
        _process = Process.Start(start)!;
        _commands = _process.StandardInput.BaseStream;
        _answers = _process.StandardOutput.BaseStream;
        var page = Send("Target.getTargets")["targetInfos"]!.AsArray().First(target => (string)target!["type"]! == "page");
        _session = (string)Send("Target.attachToTarget", new { targetId = (string)page!["targetId"]!, flatten = true })["sessionId"]!;
        foreach (var domain in new[] { "Page", "Runtime", "Network", "Log" })
        {
            Send($"{domain}.enable");
        }
    }

    /// <summary>Addresses that the page asked for, itself included.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>What it wrote to the console, and errors that nobody caught.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Starts the browser; skips the test where there is none.</summary>
    public static Chromium Start(string profile)
    {
        Skip.If(OperatingSystem.IsWindows(), "The browser is driven over pipes of a Unix shell.");
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        Skip.If(program is null, "Chromium is not installed.");
        return new Chromium(program!, profile);
    }

    /// <summary>Opens a page from the disk and waits until it is loaded.</summary>
    public void Open(string path)
    {
        Send("Page.navigate", new { url = new Uri(path).AbsoluteUri });
        while (Evaluate<string>("location.protocol + document.readyState") != "file:complete")
        {
            Thread.Sleep(20);
        }
    }

    /// <summary>Whether pages are shown dark.</summary>
    public void PreferDark() => Send("Emulation.setEmulatedMedia", new { features = new[] { new { name = "prefers-color-scheme", value = "dark" } } });

    /// <summary>Evaluates an expression in the page.</summary>
    public T Evaluate<T>(string expression)
    {
        var answer = Send("Runtime.evaluate", new { expression, returnByValue = true });
        Assert.True(answer["exceptionDetails"] is null, answer["exceptionDetails"]?.ToJsonString());
        return answer["result"]!["value"].Deserialize<T>()!;
    }

    /// <summary>Clicks in the middle of an element, as a mouse does.</summary>
    public void Click(string selector)
    {
        var at = Evaluate<double[]>($"(() => {{ const box = document.querySelector({JsonSerializer.Serialize(selector)}).getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; }})()");
        foreach (var type in new[] { "mousePressed", "mouseReleased" })
        {
            Send("Input.dispatchMouseEvent", new { type, x = at[0], y = at[1], button = "left", clickCount = 1 });
        }
    }

    /// <summary>Presses a key.</summary>
    public void Press(string key)
    {
        var text = key.Length == 1 ? key : key == "Enter" ? "\r" : "";
        Send("Input.dispatchKeyEvent", new { type = "keyDown", key, text });
        Send("Input.dispatchKeyEvent", new { type = "keyUp", key });
    }

    /// <summary>Types a text where the focus is.</summary>
    public void Type(string text) => Send("Input.insertText", new { text });

    public void Dispose()
    {
        _commands.Dispose();
        if (!_process.WaitForExit(5000))
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
        _partial.Dispose();
    }

    private JsonNode Send(string method, object? parameters = null)
    {
        var id = ++_lastId;
        var message = JsonSerializer.Serialize(new { id, method, @params = parameters ?? new { }, sessionId = _session });
        _commands.Write(Encoding.UTF8.GetBytes(message.Replace(",\"sessionId\":null", "", StringComparison.Ordinal) + '\0'));
        _commands.Flush();
        while (true)
        {
            var answer = Read();
            if ((int?)answer["id"] == id)
            {
                return answer["result"] ?? throw new InvalidOperationException($"{method}: {answer.ToJsonString()}");
            }

            Note(answer);
        }
    }

    private JsonNode Read()
    {
        while (_messages.Count == 0)
        {
            var count = _answers.Read(_block);
            Assert.True(count > 0, "Chromium has ended.");
            foreach (var value in _block.AsSpan(0, count))
            {
                if (value != 0)
                {
                    _partial.WriteByte(value);
                    continue;
                }

                _messages.Enqueue(_partial.ToArray());
                _partial.SetLength(0);
            }
        }

        return JsonNode.Parse(_messages.Dequeue())!;
    }

    private void Note(JsonNode message)
    {
        switch ((string?)message["method"])
        {
            case "Network.requestWillBeSent":
                Requests.Add((string)message["params"]!["request"]!["url"]!);
                break;
            case "Runtime.exceptionThrown" or "Runtime.consoleAPICalled" or "Log.entryAdded":
                Complaints.Add(message["params"]!.ToJsonString());
                break;
        }
    }
}
