using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace MusicSocial.Server.Api;

/// <summary>Turns refusals, and requests the framework could not read, into ProblemDetails with a <c>code</c> (RFC 9457).</summary>
internal sealed class RefusalHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var refusal = exception switch
        {
            RefusedException refused => refused.Refusal,
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Refusals.TooLarge,
            BadHttpRequestException => Refusals.MalformedRequest,
            _ => null,
        };
        if (refusal is null)
            return false;
        await WriteAsync(httpContext, refusal, problems);
        return true;
    }

    /// <summary>Answers a request with a refusal.</summary>
    public static async Task WriteAsync(HttpContext context, Refusal refusal, IProblemDetailsService problems, int? status = null)
    {
        context.Response.StatusCode = status ?? refusal.Kind.HttpStatus();
        if (refusal.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString();
        var problem = new ProblemDetailsContext { HttpContext = context, ProblemDetails = ToProblem(refusal, context.Response.StatusCode) };
        // To a client that accepts sound or pictures alone the service writes nothing; it is told all the same (RFC 9110, 12.5.1).
        if (!await problems.TryWriteAsync(problem))
            await context.Response.WriteAsJsonAsync(problem.ProblemDetails, options: null, contentType: "application/problem+json", CancellationToken.None);
    }

    private static ProblemDetails ToProblem(Refusal refusal, int status)
    {
        var problem = new ProblemDetails { Status = status, Title = refusal.Message, Detail = refusal.Message };
        problem.Extensions["code"] = refusal.Code;
        problem.Extensions["kind"] = refusal.Kind;
        if (refusal.RetryAfter is { } wait)
            problem.Extensions["retryAfterMs"] = Math.Ceiling(wait.TotalMilliseconds);
        if (refusal.Line is { } line)
            problem.Extensions["line"] = line;
        return problem;
    }
}
