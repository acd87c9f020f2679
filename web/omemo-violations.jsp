<%@ page extends="org.igniterealtime.openfire.plugin.omemo.admin.ViolationsPage" %>
<%@ include file="WEB-INF/parts/page.jspf" %>
<html>
<head>
<title><fmt:message key="console.violations.title"/></title>
<meta name="pageID" content="omemo-violations">
<link rel="stylesheet" type="text/css" href="style/omemo.css">
<script src="script/omemo-violations.js" defer></script>
</head>
<body>
<div class="omemo">
<%@ include file="WEB-INF/parts/notice.jspf" %>

<h2><fmt:message key="console.violations"/></h2>
<p><fmt:message key="console.violations.effect"/></p>
<form method="get" action="omemo-violations.jsp" class="fields">
<fieldset>
<legend><fmt:message key="console.violations.search"/></legend>
<div class="field">
  <label for="room"><fmt:message key="console.violations.room"/></label>
  <input id="room" name="room" maxlength="2047" value="<c:out value="${model.search().room()}"/>">
  <c:set var="problem" value="${model.search().problems().get('room')}"/><c:set var="field" value="room"/><%@ include file="WEB-INF/parts/problem.jspf" %>
</div>
<div class="field">
  <label for="sender"><fmt:message key="console.violations.sender"/></label>
  <input id="sender" name="sender" maxlength="2047" value="<c:out value="${model.search().sender()}"/>">
  <c:set var="problem" value="${model.search().problems().get('sender')}"/><c:set var="field" value="sender"/><%@ include file="WEB-INF/parts/problem.jspf" %>
</div>
<div class="field">
  <label for="finding"><fmt:message key="console.violations.finding"/></label>
  <select id="finding" name="finding"><option value=""><fmt:message key="console.violations.all"/></option>
    <c:forEach items="${model.search().findings()}" var="item"><option value="<c:out value="${item}"/>"<c:if test="${item == model.search().finding()}"> selected</c:if>><fmt:message key="console.finding.${item}"/></option></c:forEach></select>
</div>
<div class="field">
  <label for="action"><fmt:message key="console.violations.action"/></label>
  <select id="action" name="action"><option value=""><fmt:message key="console.violations.all"/></option>
    <c:forEach items="${model.search().actions()}" var="item"><option value="<c:out value="${item}"/>"<c:if test="${item == model.search().action()}"> selected</c:if>><fmt:message key="console.violations.action.${item}"/></option></c:forEach></select>
</div>
<div class="field">
  <label for="from"><fmt:message key="console.violations.from"/></label>
  <input id="from" name="from" type="datetime-local" class="time" maxlength="30" value="<c:out value="${model.search().from()}"/>">
  <c:set var="problem" value="${model.search().problems().get('from')}"/><c:set var="field" value="from"/><%@ include file="WEB-INF/parts/problem.jspf" %>
</div>
<div class="field">
  <label for="until"><fmt:message key="console.violations.until"/></label>
  <input id="until" name="until" type="datetime-local" class="time" maxlength="30" value="<c:out value="${model.search().until()}"/>">
  <c:set var="problem" value="${model.search().problems().get('until')}"/><c:set var="field" value="until"/><%@ include file="WEB-INF/parts/problem.jspf" %>
</div>
<button class="main"><fmt:message key="console.violations.find"/></button>
<a href="omemo-violations.jsp"><fmt:message key="console.violations.all"/></a>
</fieldset>
</form>

<c:choose>
<c:when test="${!model.readable()}"><p class="problem"><fmt:message key="console.unreadable"/></p></c:when>
<c:otherwise>
<c:url value="violations-live" var="live"><c:param name="room" value="${model.search().room()}"/><c:param name="sender" value="${model.search().sender()}"/><c:param name="finding" value="${model.search().finding()}"/><c:param name="action" value="${model.search().action()}"/><c:param name="from" value="${model.search().from()}"/><c:param name="until" value="${model.search().until()}"/></c:url>
<c:url value="omemo-violations.jsp" var="refresh"><c:param name="room" value="${model.search().room()}"/><c:param name="sender" value="${model.search().sender()}"/><c:param name="finding" value="${model.search().finding()}"/><c:param name="action" value="${model.search().action()}"/><c:param name="from" value="${model.search().from()}"/><c:param name="until" value="${model.search().until()}"/></c:url>
<div id="violations"<c:if test="${model.live()}"> data-live="<c:out value="${live}"/>"</c:if>>
<p class="tools">
  <c:if test="${model.live()}">
  <label class="choice following" hidden><input type="checkbox" id="follow" checked> <fmt:message key="console.violations.follow"/></label>
  <span class="problem stale" role="status" hidden><fmt:message key="console.violations.stale"/></span>
  </c:if>
  <a class="button" href="<c:out value="${refresh}"/>"><fmt:message key="console.violations.refresh"/></a>
  <c:if test="${model.search().problems().isEmpty()}">
  <c:forTokens items="csv,json" delims="," var="format">
  <c:url value="violations-export" var="export"><c:param name="format" value="${format}"/><c:param name="room" value="${model.search().room()}"/><c:param name="sender" value="${model.search().sender()}"/><c:param name="finding" value="${model.search().finding()}"/><c:param name="action" value="${model.search().action()}"/><c:param name="from" value="${model.search().from()}"/><c:param name="until" value="${model.search().until()}"/></c:url>
  <a class="button" href="<c:out value="${export}"/>" download><fmt:message key="console.violations.export.${format}"/></a>
  </c:forTokens>
  <fmt:message key="console.violations.export.most" var="text"><fmt:param value="${model.most()}"/></fmt:message><small><c:out value="${text}"/></small>
  </c:if>
</p>
<p class="empty none"<c:if test="${!model.rows().isEmpty()}"> hidden</c:if>><fmt:message key="console.violations.none"/></p>
<table class="list"<c:if test="${model.rows().isEmpty()}"> hidden</c:if>>
<thead><tr>
  <th scope="col"><fmt:message key="console.violations.last"/></th>
  <th scope="col"><fmt:message key="console.violations.room"/></th>
  <th scope="col"><fmt:message key="console.violations.sender"/></th>
  <th scope="col"><fmt:message key="console.violations.finding"/></th>
  <th scope="col"><fmt:message key="console.violations.action"/></th>
  <th scope="col"><fmt:message key="console.violations.amount"/></th>
  <th scope="col"><fmt:message key="console.violations.first"/></th>
</tr></thead>
<tbody>
<c:forEach items="${model.rows()}" var="row">
<%@ include file="WEB-INF/parts/violation.jspf" %>
</c:forEach>
</tbody>
</table>
<template><c:set var="row" value="${null}"/><%@ include file="WEB-INF/parts/violation.jspf" %></template>
</div>
<nav class="pager">
<c:if test="${!model.first()}"><a href="<c:out value="${refresh}"/>"><fmt:message key="console.violations.begin"/></a></c:if>
<c:if test="${model.next() != ''}">
<c:url value="omemo-violations.jsp" var="on"><c:param name="room" value="${model.search().room()}"/><c:param name="sender" value="${model.search().sender()}"/><c:param name="finding" value="${model.search().finding()}"/><c:param name="action" value="${model.search().action()}"/><c:param name="from" value="${model.search().from()}"/><c:param name="until" value="${model.search().until()}"/><c:param name="after" value="${model.next()}"/></c:url>
<a href="<c:out value="${on}"/>"><fmt:message key="console.pager.on"/></a>
</c:if>
</nav>
</c:otherwise>
</c:choose>
</div>
</body>
</html>
