"""Start the assistant: train where needed, run both servers, end them together."""
