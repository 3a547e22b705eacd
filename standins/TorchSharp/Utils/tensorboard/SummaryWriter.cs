using System.Globalization;
using System.Net;
using TorchSharp.Modules;
using TorchSharp.Utils.tensorboard;

namespace TorchSharp
{
    public static partial class torch
    {
        /// <summary>Tools around torch.</summary>
        public static partial class utils
        {
            /// <summary>TensorBoard.</summary>
            public static partial class tensorboard
            {
                /// <summary>A writer of TensorBoard event files; without a directory it is runs/TIME_HOST.</summary>
                public static SummaryWriter SummaryWriter(string? log_dir = null, string? filename_suffix = null, bool createRunName = false) => new(
                    string.IsNullOrEmpty(log_dir) ? RunName("runs") : createRunName ? RunName(log_dir) : log_dir, filename_suffix);

                private static string RunName(string log_dir)
                {
                    var now = DateTime.Now;
                    var month = CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames[now.Month - 1];
                    return Path.Combine(log_dir, $"{month}{now.Day}_{now.Hour}-{now.Minute}-{now.Second}_{Dns.GetHostName()}");
                }
            }
        }
    }

    namespace Modules
    {
        /// <summary>Writes TensorBoard event files; each event is on disk when the call returns.</summary>
        public class SummaryWriter
        {
            private readonly string _file;

            internal SummaryWriter(string log_dir, string? filename_suffix)
            {
                LogDir = log_dir;
                Directory.CreateDirectory(log_dir);
                var name = $"events.out.tfevents.{DateTime.Now.Ticks}.{Dns.GetHostName()}.{Environment.ProcessId}.1";
                _file = Path.Combine(log_dir, string.IsNullOrEmpty(filename_suffix) ? name : $"{name}.{filename_suffix}");
                File.Delete(_file);
                Start();
            }

            /// <summary>The directory of the event file.</summary>
            public string LogDir { get; }

            /// <summary>Writes one number.</summary>
            public void add_scalar(string tag, float scalar_value, int global_step, long? walltime = null)
            {
                if (!File.Exists(_file))
                    Start();
                Append(EventRecord.Scalar(walltime ?? DateTimeOffset.Now.ToUnixTimeSeconds(), global_step, tag, scalar_value));
            }

            private void Start() => Append(EventRecord.Version(DateTime.Now.Ticks));

            private void Append(byte[] record)
            {
                using var stream = File.Open(_file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
                stream.Seek(0, SeekOrigin.End);
                stream.Write(record);
            }
        }
    }
}
